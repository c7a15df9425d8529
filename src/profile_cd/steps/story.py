"""What one run has come to, while it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from profile_cd.model import Plan
from profile_cd.report import Outcome
from profile_cd.services.repository import History, PullRequest
from profile_cd.steps import release_links as news


@dataclass(slots=True)
class Story:
    """The plan, what became of each lane, and what that changed.

    *ignored* are pull requests that were closed by a race, not by a no.

    *hasty* are values (file, key) that this run merged upon a base that had just moved: they are decided again.
    """

    history: History
    plan: Plan = field(default_factory=Plan)
    merge: Outcome = field(default_factory=Outcome)
    review: Outcome = field(default_factory=Outcome)
    changed: list[str] = field(default_factory=list)
    announced: str = ""
    ignored: set[int] = field(default_factory=set)
    hasty: set[tuple[str, str]] = field(default_factory=set)
    untold: list[PullRequest] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    merged: list[news.Merged] = field(default_factory=list)
