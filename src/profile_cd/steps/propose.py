"""Both lanes' proposals, one after the other: what becomes of the first decides what the second may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from profile_cd import plan as plans
from profile_cd import proposal
from profile_cd.judgement import Announcement, announcement, lanes
from profile_cd.model import Change, Lane, Plan, Snapshot
from profile_cd.proposal import Contents
from profile_cd.report import Outcome
from profile_cd.services.repository import Branch
from profile_cd.steps import judge
from profile_cd.steps.close import close
from profile_cd.steps.deliver import Moved, deliver
from profile_cd.steps.draft import Planned
from profile_cd.steps.so_far import Attempt, Merged, words_of
from profile_cd.steps.world import World

NOTHING_LEFT = "Nothing is left of this proposal: each of its values is decided."


@dataclass(frozen=True, slots=True)
class Ours:
    """What the lanes are written from: the draft with its snapshot, our branch of each lane, the announcement."""

    planned: Planned
    branches: Mapping[Lane, Branch]
    announcement: Announcement


def propose(world: World, ours: Ours, attempt: Attempt) -> Attempt:
    """*attempt* with what became of its plan's merge lane, and then of its review lane."""
    attempt = _merge_lane(world, ours, attempt)
    if attempt.again:
        return attempt
    try:
        return _review_lane(world, ours, attempt)
    except Exception as error:  # noqa: BLE001  # what the merge lane did is reported whatever happens here
        return replace(attempt, review=Outcome("refused", words=words_of(error)))


def _merge_lane(world: World, ours: Ours, attempt: Attempt) -> Attempt:
    snapshot = ours.planned.snapshot
    changes = announcement.first(ours.announcement, attempt.plan.lane("merge"))
    contents = _contents(world, attempt, "merge", changes, snapshot)
    end = _lane(world, ours, contents, snapshot)
    if isinstance(end, Moved):
        return replace(attempt, again=end.why, closed_by_race=end.number)
    if end.operation == "merged":
        merged = Merged(end, contents, ours.planned.draft.sources, snapshot.commit)
        again = "somebody pushed while we merged" if merged.on_another_base else ""
        return replace(attempt, merge=end, merged=merged, again=again)
    # An open proposal and one of the other lane on the next line would end in conflict, whichever is merged first.
    plan = lanes.hold_back(attempt.plan, end.number, snapshot) if end.number else attempt.plan
    return replace(attempt, merge=end, plan=plan)


def _review_lane(world: World, ours: Ours, attempt: Attempt) -> Attempt:
    base = ours.planned.snapshot
    changes = announcement.first(ours.announcement, attempt.plan.lane("review"))
    if attempt.merged is not None and changes:
        base = world.repository.with_files(world.base(), base.files)
        changes = [change for change in changes if plans.stands(change, base)]
    end = _lane(world, ours, _contents(world, attempt, "review", changes, base), base)
    if isinstance(end, Moved):
        return replace(attempt, again=end.why, closed_by_race=end.number)
    return replace(attempt, review=end)


def _contents(world: World, attempt: Attempt, lane: Lane, changes: Sequence[Change], base: Snapshot) -> Contents:
    """What the proposal of *changes* is made of: kept whole, so that it can be worded once more after the merge."""
    origin = proposal.Origin(world.inputs.github.run_url, world.inputs.upstream, attempt.announced)
    return Contents(lane, tuple(changes), attempt.plan, origin, judge.marks(world, changes, base))


def _lane(world: World, ours: Ours, contents: Contents, base: Snapshot) -> Outcome | Moved:
    """Propose the changes of one lane on *base*; close what it has open where nothing is left of it."""
    branch, changes = ours.branches[contents.lane], contents.changes
    try:
        if changes:
            proposed = proposal.propose(contents, plans.texts(changes, base), world.inputs.branch_prefix)
            return deliver(world, proposed, base, branch, merge=contents.lane == "merge")
        return close(world, branch, NOTHING_LEFT) if _all_decided(contents.plan, ours.planned) else Outcome()
    except Exception as error:  # noqa: BLE001  # one lane's mistake is not the other's
        return Outcome("refused", title=proposal.title_of(changes) if changes else "", words=words_of(error))


def _all_decided(judged: Plan, planned: Planned) -> bool:
    """Whether nothing that an open proposal may hold could not be judged this time."""
    known = {each.id for each in planned.loaded.manifests}
    return all(kept.decided for kept in judged.kept) and all(each.manifest in known for each in judged.failures)
