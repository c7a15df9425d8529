"""Git's blame as GitHub's GraphQL answers it: which commit wrote a line, and who made it."""

from __future__ import annotations

from typing import Any

from profile_cd.judgement import Range, Writer

WHO = "oid message author { name user { login } } committer { name user { login } } parents(first: 1) { nodes { oid } }"
BLAME = f"blame(path: %s) {{ ranges {{ startingLine endingLine commit {{ {WHO} }} }} }}"


def ranges(answer: dict[str, Any] | None) -> tuple[Range, ...]:
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
