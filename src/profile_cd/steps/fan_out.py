"""Fan-out: which projects must deploy what this run merged, what earlier runs merged, and what a person pushed.

It happens at least once (design decision 8). The pull request itself is the record: once the outputs that start the
pipelines are written, its body gets a mark. A run that finds a merged one without the mark starts the projects again;
a double pipeline is better than a lost one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.fanout import Route
from profile_cd.fanout import routes as routing
from profile_cd.judgement import is_machine
from profile_cd.proposal import PullRequest, body_of, marks
from profile_cd.steps.so_far import Attempt, Merged, SoFar, words_of
from profile_cd.steps.world import World


@dataclass(frozen=True, slots=True)
class FanOut:
    """Who must deploy which *commit*, under which *message*.

    *earlier* are merges of earlier runs among it; *notes* say what could not be found out.
    """

    routes: tuple[Route, ...] = ()
    commit: str = ""
    message: str = ""
    earlier: tuple[PullRequest, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Changed:
    """Paths that changed; None where anything may have, for the reason in *note*."""

    paths: tuple[str, ...] | None = ()
    note: str = ""


def missing(pulls: Iterable[PullRequest]) -> tuple[PullRequest, ...]:
    """Merged pull requests of ours that no run has fanned out, the newest first."""
    return tuple(
        each
        for each in pulls
        if each.state == "MERGED" and marks.is_ours(each.body) and not marks.is_fanned_out(each.body)
    )


def fan_out(world: World, so_far: SoFar, attempt: Attempt) -> FanOut:
    """What this run merged, what earlier runs did without fanning it out, and what a person's push changed."""
    asked, merge = world.inputs, so_far.merge_lane(attempt)
    commit, message = merge.merge_sha, merge.title if merge.merge_sha else ""
    own = {each.outcome.number for each in so_far.merged}
    earlier = tuple(each for each in attempt.earlier if each.number not in own)
    changed = [_merged(each) for each in so_far.merged]
    if earlier:
        changed.append(_of_earlier_runs(world, earlier))
        commit, message = commit or earlier[0].merge_sha, message or earlier[0].title
    if asked.github.event_name == "push":
        changed.append(_pushed(world))
        commit, message = commit or asked.github.after, message or "[push]"
    routes = _routes(world, changed)
    return FanOut(routes, commit, message, earlier, tuple(each.note for each in changed if each.note))


def mark(world: World, so_far: SoFar, earlier: Sequence[PullRequest]) -> None:
    """Mark every merge as fanned out; where GitHub takes no mark, the next run does it again."""
    bodies = {each.number: each.body for each in earlier}
    bodies |= {each.outcome.number: body_of(each.contents) for each in so_far.merged}
    for number, body in bodies.items():
        try:
            world.pull_requests.edit(number, body=marks.fanned_out(body))
        except (GitHubRefused, Uncertain) as error:
            world.runner.say(f"#{number} could not be marked, so the next run starts the projects again: {error}")


def _merged(merged: Merged) -> _Changed:
    """What the merge commit changed, whether or not it was planned: what the base holds is deployed."""
    return _Changed(merged.outcome.paths)


def _of_earlier_runs(world: World, earlier: Sequence[PullRequest]) -> _Changed:
    found: list[str] = []
    try:
        for each in earlier:
            world.runner.say(f"#{each.number} was merged, and no run has started the projects: {each.title}")
            found += world.pull_requests.files(each.number)
    except Exception as error:  # noqa: BLE001  # a pipeline too many is better than one that is lost
        return _Changed(None, f"What an earlier run merged cannot be found out: {words_of(error)}")
    return _Changed(tuple(found))


def _pushed(world: World) -> _Changed:
    """What the push that started this run changed; a merge of ours is fanned out by the run that made it."""
    github = world.inputs.github
    if not github.after.strip("0") or is_machine(github.pushed, (), ()):
        return _Changed()
    try:
        return _Changed(tuple(world.repository.changed_between(github.before, github.after)))
    except Exception as error:  # noqa: BLE001  # as above
        return _Changed(None, f"What the push changed cannot be found out: {words_of(error)}")


def _routes(world: World, changed: Sequence[_Changed]) -> tuple[Route, ...]:
    projects = world.inputs.projects
    paths: list[str] = []
    for each in changed:
        if each.paths is None:
            return routing.everybody(projects, "what changed cannot be found out")
        paths += each.paths
    return routing.routes(projects, list(dict.fromkeys(paths)))
