"""Git's blame through the API: which commit wrote a line, and who made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WHO = "oid message author { name user { login } } committer { name user { login } } parents(first: 1) { nodes { oid } }"


@dataclass(frozen=True, slots=True)
class Writer:
    """The commit that wrote a value. *names* are those of its author and committer."""

    commit: str
    parent: str
    message: str
    names: tuple[str, ...]


def ranges(answer: dict[str, Any] | None) -> tuple[tuple[int, int, Writer], ...]:
    """First line, last line and writer of each range in the answer to a blame."""
    found = ((answer or {}).get("blame") or {}).get("ranges") or ()
    return tuple((each["startingLine"], each["endingLine"], _writer(each["commit"])) for each in found)


def _writer(commit: dict[str, Any]) -> Writer:
    names = []
    for role in ("author", "committer"):
        person = commit.get(role) or {}
        names += [person.get("name") or "", (person.get("user") or {}).get("login") or ""]
    parents = (commit.get("parents") or {}).get("nodes") or [{"oid": ""}]
    return Writer(commit["oid"], parents[0]["oid"], commit["message"], tuple(name for name in names if name))


def at_line(found: Sequence[tuple[int, int, Writer]], line: int) -> Writer | None:
    """Who wrote *line*."""
    return next((writer for first, last, writer in found if first <= line <= last), None)
