"""What a proposal is made of, as values: kept after a merge, so that its text can be written once more with links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.model import Change, Lane, Link, Plan

MORE = "in the summary of the run"
"""Where a reader finds what a body has no room for."""

Links = Mapping[tuple[str, str], Sequence[Link]]
"""Pages by (source id, version)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a proposal comes from: the page of the run, the job that announced it, what became of that.

    *files* is what the address of a file starts with, as it is on the base; empty where that is not known.
    """

    run_url: str
    upstream: str = ""
    announced: str = ""
    files: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """One lane's *changes*, in the order they are named in, and everything its text says beside them.

    *names* are those by which a later run knows what was proposed. *commits* are those that we made for the pull
    request, the newest last, and *says* is the digest of what that one proposes.
    """

    lane: Lane
    changes: tuple[Change, ...]
    plan: Plan
    origin: Origin
    names: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()
    says: str = ""
    links: Links = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one lane proposes. *message* is the whole commit message; its first line says what changes, as a title."""

    contents: Contents
    title: str
    message: str
    files: Mapping[str, bytes]

    @property
    def details(self) -> str:
        """The commit message without its first line."""
        return self.message.partition("\n")[2].strip()
