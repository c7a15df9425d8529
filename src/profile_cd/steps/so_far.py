"""What a run has come to, in two frozen values: one survives when everything is planned again, the other does not."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from profile_cd.errors import ProfileError, unexpected
from profile_cd.judgement import Became
from profile_cd.model import Change, Plan, Source
from profile_cd.proposal import Contents
from profile_cd.report import Outcome
from profile_cd.steps.draft import Planned
from profile_cd.steps.record import Record


@dataclass(frozen=True, slots=True)
class Written:
    """A proposal on GitHub: what became of it, what it was made of, the source that each change asked."""

    outcome: Outcome
    contents: Contents
    sources: Mapping[Change, Source]


@dataclass(frozen=True, slots=True)
class Merged(Written):
    """One that this run merged. *planned_on* is the base that it was decided on."""

    planned_on: str

    @property
    def on_another_base(self) -> bool:
        """Whether somebody pushed between our look at the base and the merge."""
        return bool(self.outcome.on) and self.outcome.on != self.planned_on


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was decided on one base, and what became of each lane.

    *planned* is what it was decided from and *record* what GitHub's deployments say, asked beside everything else;
    each is None where the attempt did not come to it. *reviewed* is the proposal for a person, where this run wrote it,
    and None where it was left as it was. *notes* are for people. *again* says why everything must be
    planned once more, empty where it need not; *under_way* then numbers the pull request. *trouble* is what went
    wrong beside the lanes.
    """

    plan: Plan = field(default_factory=Plan)
    announced: Became = field(default_factory=Became)
    planned: Planned | None = None
    record: Future[Record] | None = None
    notes: tuple[str, ...] = ()
    merge: Outcome = field(default_factory=Outcome)
    review: Outcome = field(default_factory=Outcome)
    merged: Merged | None = None
    reviewed: Written | None = None
    again: str = ""
    under_way: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What this run did that stays done, whatever is planned afterwards.

    *raced* numbers pull requests that were under way when something moved: their closing is no person's no, and an
    open one is written anew. *to_decide_again* are values (file, key) that were merged upon a base which had just
    moved: history calls them ours, yet nobody decided them on that base.
    """

    merged: tuple[Merged, ...] = ()
    raced: frozenset[int] = frozenset()
    to_decide_again: frozenset[tuple[str, str]] = frozenset()

    def after(self, attempt: Attempt) -> SoFar:
        """This and what *attempt* did."""
        raced = self.raced | ({attempt.under_way} if attempt.under_way else set())
        merged = attempt.merged
        if merged is None:
            return replace(self, raced=raced)
        again = {(each.file, each.key) for each in merged.contents.changes if merged.on_another_base}
        return SoFar((*self.merged, merged), raced, self.to_decide_again | again)

    def merge_lane(self, attempt: Attempt) -> Outcome:
        """What the run says of the merge lane: a merge is not hidden by a later attempt that found nothing to do."""
        if attempt.merge.operation == "none" and self.merged:
            return self.merged[-1].outcome
        return attempt.merge


def refused(so_far: SoFar, attempt: Attempt, words: str) -> Attempt:
    """*attempt*, ended by something that went wrong between the lanes; a merge stays reported as one."""
    ended = Outcome("refused", words=words)
    if so_far.merge_lane(attempt).operation == "none":
        return replace(attempt, again="", merge=ended)
    return replace(attempt, again="", review=ended)


def words_of(error: Exception) -> str:
    """What went wrong, for people; a mistake of ours is said to be one."""
    return str(error if isinstance(error, ProfileError) else unexpected(error, ProfileError))
