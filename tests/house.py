"""The source as data: modules, the rooms that they belong to, and who imports whom."""

import ast
import re
from functools import cache

from tests.paths import ROOT

PACKAGE = "profile_cd"
FLOORS = ("services", "commands", "steps", "sources", "targets")
"""Packages whose files and packages are rooms; every other package is one room."""


def named(path, base):
    return ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")


@cache
def source():
    """Module → path, for the product."""
    return {named(path, ROOT / "src"): path for path in sorted((ROOT / "src").rglob("*.py"))}


@cache
def everything():
    """Module → path, for the product, its sandbox and its tools; a test may look behind a face."""
    folders = ("sandbox", "tools")
    return source() | {named(path, ROOT): path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))}


@cache
def tree(path):
    return ast.parse(path.read_text("utf-8"))


@cache
def faces():
    """Package → the names that it shows."""
    return {name: shown for name, path in source().items() if path.name == "__init__.py" and (shown := _all(path))}


def _all(path):
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


@cache
def imports(path):
    """(module, name) of each import of the product in a file, in functions too; without a name for a module."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", each.name) for each in node.names}
        if isinstance(node, ast.Import):
            found |= {(each.name, "") for each in node.names}
    return frozenset((module, name) for module, name in found if module.partition(".")[0] == PACKAGE)


def needs(path):
    """The modules of the product that a file imports."""
    known = source()
    return {f"{module}.{name}" if f"{module}.{name}" in known else module for module, name in imports(path)}


def above(module):
    """The module and the packages around it, the innermost first."""
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def room(module):
    """`profile_cd.manifest.yaml` → `manifest`, `profile_cd.services.web.client` → `services.web`."""
    parts = module.split(".")[1:]
    return ".".join(parts[: 2 if parts and parts[0] in FLOORS else 1])


def floor(module):
    """`profile_cd.services.web.client` → `services`; the empty text for the package itself."""
    return room(module).partition(".")[0]


def functions(path):
    """(name, lines) of each function of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, node.end_lineno - node.lineno + 1) for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def identifiers(path):
    """Every name that a file gives to something: functions, classes, arguments, variables, attributes."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def prose(path):
    """Every docstring and every comment of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    for line in path.read_text("utf-8").splitlines():
        yield line.partition("# ")[2]


def words(identifier):
    """`_untoldMerges` → untold, merges; none for what Python itself names, like `__enter__`."""
    if identifier.startswith("__"):
        return []
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)]
