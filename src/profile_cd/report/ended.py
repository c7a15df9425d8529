"""A run that has ended, as the values that its summary is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.fanout import Route
from profile_cd.model import Change, Plan
from profile_cd.proposal import Links
from profile_cd.report.outputs import Outcome


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run did. *merged* are the changes that it merged, *earlier* its merges before the last one.

    *announced* says what became of the announcement of the job at *upstream*. *concerns* are the files of each route's
    project among those that change, by its name. *files* is what the address of a file starts with. *troubles* end
    the run with a failure, beside those of the plan; *notes* are remarks.
    """

    plan: Plan
    merge: Outcome = field(default_factory=Outcome)
    review: Outcome = field(default_factory=Outcome)
    routes: Sequence[Route] = ()
    merged: Sequence[Change] = ()
    earlier: Sequence[Outcome] = ()
    links: Links = field(default_factory=dict)
    announced: str = ""
    upstream: str = ""
    concerns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: str = ""
    troubles: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was merged, and what else is planned."""
        return tuple(dict.fromkeys((*self.merged, *self.plan.changes)))

    @property
    def concerned(self) -> tuple[Route, ...]:
        """The projects whose pipelines are to start."""
        return tuple(each for each in self.routes if each.concerned)

    @property
    def red(self) -> bool:
        """Whether something went wrong."""
        return bool(self.plan.failures or self.troubles or self.merge.red or self.review.red)
