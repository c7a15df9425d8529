"""The sandbox's own rooms: no file imports another in a circle, and nobody imports past a face."""

import ast
from graphlib import TopologicalSorter

from tests.paths import ROOT

ROOMS = ("net", "registry", "gitlab", "runner", "world")
"""Packages with a face; below `github`, and in `acts`, files are the rooms."""


def modules():
    files = [path for top in ("sandbox", "tools") for path in (ROOT / top).rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def imported(path):
    """Module and name of each `from … import …` of a file, those in functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)


def needed(path, known):
    names = {f"{module}.{name}" if f"{module}.{name}" in known else module for module, name in imported(path)}
    return names & set(known)


def test_no_file_imports_another_in_a_circle():
    known = modules()

    graph = {name: needed(path, known) - {name} for name, path in known.items()}

    assert list(TopologicalSorter(graph).static_order())


def test_nobody_imports_past_a_face():
    tests = {f"tests.{path.stem}": path for path in (ROOT / "tests").rglob("*.py")}

    past = {
        (name, module)
        for name, path in {**modules(), **tests}.items()
        for module, _ in imported(path)
        for room in ROOMS
        if module.startswith(f"sandbox.{room}.") and not name.startswith(f"sandbox.{room}")
    }

    assert past == set()
