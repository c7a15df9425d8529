"""Both lanes' proposals, one after the other: what becomes of the first decides what the second may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from profile_cd import plan as plans
from profile_cd import proposal
from profile_cd.judgement import Announcement, announcement, lanes
from profile_cd.model import Change, Plan, Snapshot
from profile_cd.model import Lane as LaneName
from profile_cd.proposal import Contents, Found, Standing, marks
from profile_cd.report import Outcome
from profile_cd.steps import leave
from profile_cd.steps.close import close, tidy
from profile_cd.steps.deliver import Delivered, Lane, deliver
from profile_cd.steps.draft import Planned
from profile_cd.steps.merge import Moved
from profile_cd.steps.so_far import Attempt, Merged, Written, words_of
from profile_cd.steps.world import World

NOTHING_LEFT = "Nothing is left of this proposal: each of its values is decided."


@dataclass(frozen=True, slots=True)
class Decided:
    """What the lanes are written from: the draft with its snapshot, what of ours is on GitHub, the announcement.

    *names* are those of the plan's changes; *raced* numbers pull requests that are to be written anew.
    """

    planned: Planned
    found: Found
    names: Mapping[Change, str]
    announcement: Announcement
    raced: frozenset[int] = frozenset()


def propose(world: World, decided: Decided, attempt: Attempt) -> Attempt:
    """*attempt* with what became of its plan's merge lane, and then of its review lane."""
    trouble = leave.disarm(world, leave.foreign(decided.found))
    attempt = replace(attempt, trouble=trouble)
    attempt = _merge_lane(world, decided, attempt)
    if attempt.again:
        return attempt
    try:
        return _review_lane(world, decided, attempt)
    except Exception as error:  # noqa: BLE001  # what the merge lane did is reported whatever happens here
        return replace(attempt, review=Outcome("refused", words=words_of(error)))


def _merge_lane(world: World, decided: Decided, attempt: Attempt) -> Attempt:
    snapshot = decided.planned.snapshot
    changes = announcement.first(decided.announcement, attempt.plan.lane("merge"))
    end = _lane(world, decided, _contents(world, decided, attempt, "merge", changes), snapshot)
    if isinstance(end, Moved):
        return replace(attempt, again=end.why, under_way=end.number)
    outcome = end.outcome
    if outcome.merge_sha:
        merged = Merged(outcome, end.contents, decided.planned.draft.sources, snapshot.commit)
        again = "somebody pushed while we merged" if merged.on_another_base and not outcome.red else ""
        return replace(attempt, merge=outcome, merged=merged, again=again)
    # An open proposal and one of the other lane on the next line would end in conflict, whichever is merged first.
    plan = lanes.hold_back(attempt.plan, outcome.number, snapshot) if outcome.number else attempt.plan
    return replace(attempt, merge=outcome, plan=plan)


def _review_lane(world: World, decided: Decided, attempt: Attempt) -> Attempt:
    base = decided.planned.snapshot
    changes = announcement.first(decided.announcement, attempt.plan.lane("review"))
    if attempt.merged is not None and changes:
        base = world.repository.with_files(world.base(), base.files)
        changes = [change for change in changes if plans.stands(change, base)]
    end = _lane(world, decided, _contents(world, decided, attempt, "review", changes), base)
    if isinstance(end, Moved):
        return replace(attempt, again=end.why, under_way=end.number)
    return replace(attempt, review=end.outcome, reviewed=_reviewed(decided, end))


def _reviewed(decided: Decided, end: Delivered) -> Written | None:
    """The proposal for a person, where this run wrote it. Its changes are the draft's, as they were judged."""
    if end.outcome.operation not in {"created", "updated"}:
        return None
    drafted = decided.planned.draft.sources
    asked = {change: drafted.get(replace(change, lane="merge", why="")) for change in end.contents.changes}
    return Written(end.outcome, end.contents, {change: source for change, source in asked.items() if source})


def _contents(world: World, decided: Decided, attempt: Attempt, lane: LaneName, changes: Sequence[Change]) -> Contents:
    """What the proposal of *changes* is made of: kept whole, so that it can be worded once more after the merge."""
    github = world.inputs.github
    files = github.files(decided.planned.snapshot.commit)
    origin = proposal.Origin(github.run_url, world.inputs.upstream, attempt.announced.words, files)
    return Contents(lane, tuple(changes), attempt.plan, origin, tuple(decided.names[each] for each in changes))


def _lane(world: World, decided: Decided, contents: Contents, base: Snapshot) -> Delivered | Moved:
    """Propose the changes of one lane on *base*; close what it has open where nothing is left of it."""
    found, changes = decided.found, contents.changes
    standing = proposal.standing(found, contents.lane, world.inputs.branch_prefix)
    try:
        for each in standing.further:
            close(world, found, each, f"#{standing.open.number if standing.open else ''} says the same.")
        if changes:
            proposed = proposal.propose(contents, plans.texts(changes, base), base)
            renew = standing.open is not None and standing.open.number in decided.raced
            return deliver(world, proposed, base, Lane(found, standing, renew))
        return Delivered(_nothing_left(world, decided, contents, standing), contents)
    except Exception as error:  # noqa: BLE001  # one lane's mistake is not the other's
        title = proposal.title_of(changes) if changes else ""
        return Delivered(Outcome("refused", title=title, words=words_of(error)), contents)


def _nothing_left(world: World, decided: Decided, contents: Contents, standing: Standing) -> Outcome:
    """A lane without changes: what it has open is closed, unless something that it may hold could not be judged."""
    known = standing.open
    # One that we closed and a person opened again stays open: nobody closes it twice against that person's will.
    reopened = known is not None and marks.is_closed_by_us(known.body)
    if known is not None and not reopened and _all_decided(contents.plan, decided.planned):
        return close(world, decided.found, known, NOTHING_LEFT)
    if known is not None and known.armed_by_us:
        # Nothing is merged on unknown evidence (design decision 3), not even later and by GitHub.
        world.pull_requests.disarm(known)
    tidy(world, decided.found, contents.lane)
    left = [*filter(None, [known]), *standing.foreign]
    return Outcome("unchanged", left[0].number, left[0].url, title=left[0].title) if left else Outcome()


def _all_decided(judged: Plan, planned: Planned) -> bool:
    """Whether nothing that an open proposal may hold could not be judged this time."""
    known = {each.id for each in planned.loaded.manifests}
    return all(kept.decided for kept in judged.kept) and all(each.manifest in known for each in judged.failures)
