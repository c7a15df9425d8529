"""What is known of one change, and what a rule can say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from profile_cd.model import Change


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who wrote the value that stands, whether its manifest decides otherwise since then, and who refused the change.

    *written_by* is the last commit that changed the value, by its short name. *changed* is None where the
    manifest still means the same, else the short name of the commit that changed its meaning; *chose* is what it
    chose before. *closed* numbers the pull request with just this change that a person closed. *raced* says that
    this run itself wrote the value, upon a base that had just moved. *unknown* says why there is no evidence.
    """

    written_by: str = ""
    changed: str | None = None
    chose: str = ""
    closed: int = 0
    raced: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A person has to look, since *why*."""

    why: str


@dataclass(frozen=True, slots=True)
class Keep:
    """What stands stays, for this *reason*. *decided* is False where something could not be found out."""

    reason: str
    decided: bool = True


Rule = Callable[[Change, Evidence, datetime], Review | Keep | None]
"""Pure; *now* is in UTC. None where the rule has nothing to say."""
