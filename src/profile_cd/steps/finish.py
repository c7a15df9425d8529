"""The last part of a run: outputs, annotations and the summary, whatever happened before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd import fanout, neutral, report, tokens
from profile_cd.fanout import Fault
from profile_cd.report import Counts, Outcome
from profile_cd.steps import fan_out, release_links
from profile_cd.steps.draft import Asking
from profile_cd.steps.fan_out import FanOut
from profile_cd.steps.guard import Guard
from profile_cd.steps.so_far import Attempt, SoFar
from profile_cd.steps.summarise import summarise
from profile_cd.steps.world import World


def finish(world: World, asking: Asking, so_far: SoFar, attempt: Attempt) -> int:
    """Outputs first, since they start the pipelines; then all the rest. Returns the exit code."""
    merge, review = so_far.merge_lane(attempt), attempt.review
    guard = Guard(world.runner)
    fanned = FanOut()
    with guard.part():
        fanned = fan_out.fan_out(world, so_far, attempt)
    faults = (*world.inputs.project_faults, *fanned.faults)
    entries, lost = _entries(world, fanned)
    # The runner shows ten errors of a step: what became of the merge must not be the eleventh.
    red = [outcome for outcome in (merge, review) if outcome.red]
    bad = sum(each.level == "error" for each in faults)
    said = [*(outcome.words for outcome in red), *filter(None, [attempt.trouble, lost])]
    for words in said:
        world.runner.fail(words)
    with guard.part():
        _set_outputs(world, (merge, review), fanned, entries, _counts(so_far, attempt))
    with guard.part():
        _annotate(world, attempt, faults, before=len(said))
    written = [*so_far.merged, *filter(None, [attempt.reviewed])]
    links = release_links.find(world, asking, written)
    with guard.part():
        summarise(world, so_far, attempt, fanned, links, said)
    for outcome in (merge, review):
        with guard.part():
            _say(world, outcome)
    release_links.write(world, written, links)
    failed = bool(attempt.plan.failures) and world.inputs.strict
    return 1 if failed or said or bad or guard.failed else 0


def _annotate(world: World, attempt: Attempt, faults: Sequence[Fault], *, before: int) -> None:
    """Show what is wrong with PROJECTS, the announcement, tokens and manifests; *before* errors are shown already."""
    became = attempt.announced
    doubts = [report.warning(became.words, became.path, became.line)] if became.doubtful else []
    doubts += [report.warning(words) for words in _expiring(world)]
    # Half of the places at most: forty bad entries of PROJECTS do not hide a manifest that fails.
    shown = report.of_faults(faults, report.MOST_ANNOTATIONS // 2)
    world.runner.annotate([*shown, *doubts])
    # Two are kept for what goes wrong beside this. As many warnings, too: `_say` has one for each merge that
    # somebody should look at.
    errors = sum(each.level == "error" for each in shown)
    errors_before, warnings_before = before + errors + 2, len(shown) - errors + len(doubts) + 2
    # One place is left at least: it says where the others are.
    most = report.MOST_ANNOTATIONS - 1
    world.runner.annotate(report.annotated(attempt.plan, min(errors_before, most), min(warnings_before, most)))


def _expiring(world: World) -> list[str]:
    """Warnings of tokens that end soon."""
    now = world.clock.now()
    return [words for name, when in world.repository.expiries.items() if (words := tokens.soon(name, when, now))]


Entries = Sequence[Mapping[str, object]]


def _entries(world: World, fanned: FanOut) -> tuple[Entries, str]:
    """What the next job or step gets, and the reason why something is left out that GitHub would lose."""
    entries = fanout.matrix(fanned.routes, fanned.message, _address(world, fanned.commit))
    if world.inputs.fan_out != "matrix":
        return fanout.in_one_step(entries)
    return fanout.in_matrix(entries, world.runner.hides)


def _address(world: World, commit: str) -> str:
    return f"{world.inputs.github.commits}{commit}" if commit else ""


def _set_outputs(
    world: World, lanes: tuple[Outcome, Outcome], fanned: FanOut, entries: Entries, counts: Counts
) -> None:
    message = fanned.message or lanes[0].title
    world.runner.set_outputs(report.outputs(lanes, entries, message, _address(world, fanned.commit), counts))


def _counts(so_far: SoFar, attempt: Attempt) -> Counts:
    """What failed in the end, and each value once that this run changed, in whichever attempt."""
    merged = [change for each in so_far.merged for change in each.contents.changes]
    changed = {(change.file, change.key, change.document) for change in (*merged, *attempt.plan.changes)}
    return Counts(attempt.plan.failed, len(changed))


def _say(world: World, outcome: Outcome) -> None:
    if outcome.operation != "none":
        world.runner.say(f"{outcome.operation}: {outcome.title or outcome.words}")
    if outcome.operation == "merged" and outcome.words:
        world.runner.annotate([report.Annotation("warning", "", 0, neutral.line(outcome.words, 2000))])
