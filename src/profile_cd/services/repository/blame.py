"""Commits as GitHub's GraphQL describes them, and which of them wrote a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from profile_cd.judgement import Range, Writer

WHO = (
    "oid message committedDate author { name user { login } } committer { name user { login } } "
    "parents(first: 1) { nodes { oid } }"
)


def ranges(answer: Mapping[str, Any] | None) -> tuple[Range, ...]:
    """First line, last line and writer of each range in the answer to a blame."""
    found = ((answer or {}).get("blame") or {}).get("ranges") or ()
    return tuple((each["startingLine"], each["endingLine"], writer(each["commit"])) for each in found)


def writer(commit: Mapping[str, Any]) -> Writer:
    """The commit that GitHub describes by the fields of WHO."""
    names = []
    for role in ("author", "committer"):
        person = commit.get(role) or {}
        names += [person.get("name") or "", (person.get("user") or {}).get("login") or ""]
    parents = (commit.get("parents") or {}).get("nodes") or [{"oid": ""}]
    return Writer(
        commit["oid"], parents[0]["oid"], commit["message"], tuple(filter(None, names)), commit["committedDate"]
    )
