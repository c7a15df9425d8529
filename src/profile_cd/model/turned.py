"""Who changed what a manifest decides, since its value was written: what a person looks at in a review."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that people are pointed to: who made it, its name, the first line of its message, its page."""

    by: str
    name: str
    subject: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """A manifest decides otherwise since *commit*; *writer* wrote the value before it.

    *then* and *now* are its condition before and today, each with code spans, and *chose* is what the one before
    would choose today. Each is empty, and *writer* None, where it is not known.
    """

    commit: Commit
    writer: Commit | None = None
    then: str = ""
    now: str = ""
    chose: str = ""
