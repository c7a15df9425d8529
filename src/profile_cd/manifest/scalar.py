"""A single value of a manifest: the text that it is, or why it is none."""

from __future__ import annotations

from profile_cd.errors import ProfileError, Unreadable
from profile_cd.manifest.yaml import Node
from profile_cd.neutral import line as shown

SPOKEN = {
    "number": "a number",
    "flag": "true or false",
    "date": "a date",
    "list": "a list",
    "mapping": "a mapping",
    "nothing": "nothing",
    "text": "a text",
}


def text(node: Node, name: str, *, strict: bool, secret: bool = False) -> str:
    """The text of *node*, called *name*; *strict* takes no number for a text. Raises Unreadable."""
    if node.kind in ("list", "mapping") or (strict and node.kind != "text" and not node.values):
        advice = f"Put it in quotes: `'{shown(node.text, 80)}'`." if node.text else "Write a text."
        raise Unreadable(f"{name} is {SPOKEN[node.kind]} where a text must stand.", line=node.line, now=advice)
    if node.block and not node.text.strip():
        raise Unreadable(
            f"{name} is an empty block of text.",
            line=node.line,
            probably="In YAML an unquoted `>` or `|` begins such a block.",
            now="Put the value in quotes.",
        )
    if any(value.source for value in node.values):
        raise Unreadable(
            f"{name} asks for a source.", line=node.line, now="Use `source` only in the `value` of a target."
        )
    if not secret and any("GITHUB_TOKEN" in value.names for value in node.values):
        raise Unreadable(
            f"{name} would show the token to others.",
            line=node.line,
            now="Use GITHUB_TOKEN only in `token`, `password` and `username`.",
        )
    return node.text


def at_line(error: ProfileError, line: int, *, unset: frozenset[str] = frozenset()) -> Unreadable:
    """*error*, as the manifest's at *line*; *unset* are variables that decide whether it is one at all."""
    return Unreadable(error.what, line=line, probably=error.probably, now=error.now, unset=unset)
