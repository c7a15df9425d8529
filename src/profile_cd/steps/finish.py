"""The last part of a run: which projects must deploy, and everything that is told, whatever happened before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profile_cd import neutral, report
from profile_cd.errors import GitHubRefused
from profile_cd.fanout import Route
from profile_cd.fanout import routes as routing
from profile_cd.judgement import is_machine
from profile_cd.report import Outcome
from profile_cd.services.repository import PullRequest
from profile_cd.steps import draft as planning
from profile_cd.steps import fan_out as telling
from profile_cd.steps import release_links as news
from profile_cd.steps.deliver import World
from profile_cd.steps.story import Story


@dataclass(frozen=True, slots=True)
class Telling:
    """Who must deploy which *commit*, under which *message*; *told* are merges of earlier runs among it."""

    routes: tuple[Route, ...] = ()
    commit: str = ""
    message: str = ""
    told: tuple[PullRequest, ...] = ()


def tell(world: World, asking: planning.Asking, story: Story) -> int:
    """Outputs first, since they start the pipelines; then all the rest. Returns the exit code."""
    asked, github = world.inputs, world.inputs.github
    telling_now = Telling() if asked.dry_run else _telling(world, story)
    commit = telling_now.commit
    commit_url = f"{github.server_url}/{github.repository}/commit/{commit}" if commit else ""
    message = telling_now.message or story.merge.title
    entries = routing.matrix(telling_now.routes, message, commit_url)
    world.runner.annotate(report.annotated(story.plan))
    world.runner.set_outputs(report.outputs(story.merge, story.review, entries, message, commit_url))
    links = news.find(world, asking, story.merged)
    world.runner.summarise(
        report.summary(
            story.plan,
            {"merge": story.merge, "review": story.review},
            telling_now.routes,
            announced=story.announced,
            notes=story.notes,
            pages=news.lines(story.merged, links),
        )
    )
    earlier = {each.number: each.body for each in telling_now.told}
    telling.remember(world, earlier | {each.number: each.propose(links={}).body for each in story.merged})
    _say(world, story)
    news.tell(world, story.merged, links)
    failed = bool(story.plan.failures) and asked.strict
    return 1 if failed or story.merge.red or story.review.red else 0


def _telling(world: World, story: Story) -> Telling:
    """What this run merged, what earlier runs did without telling, and what a person's push changed."""
    asked = world.inputs
    commit, message = story.merge.merge_sha, story.merge.title if story.merge.merge_sha else ""
    own = {each.number for each in story.merged}
    told = tuple(each for each in story.untold if each.number not in own)
    changed: Sequence[str] | None = story.changed
    if told:
        changed = _together(changed, _of_earlier_runs(world, story, told))
        commit, message = commit or told[0].merge_sha, message or told[0].title
    if asked.github.event_name == "push":
        changed = _together(changed, _pushed(world, story))
        commit, message = commit or asked.github.after, message or "[push]"
    if changed is None:
        return Telling(routing.everybody(asked.projects, "what changed cannot be told"), commit, message, told)
    return Telling(routing.routes(asked.projects, list(dict.fromkeys(changed))), commit, message, told)


def _together(one: Sequence[str] | None, other: Sequence[str] | None) -> Sequence[str] | None:
    """The paths of both; None, which may be anything, wins."""
    return None if one is None or other is None else [*one, *other]


def _of_earlier_runs(world: World, story: Story, untold: Sequence[PullRequest]) -> Sequence[str] | None:
    try:
        return telling.files(world, untold)
    except GitHubRefused as error:
        story.notes.append(f"What an earlier run merged cannot be told: {error}")
        return None


def _pushed(world: World, story: Story) -> Sequence[str] | None:
    """What the push that started this run changed; a merge of ours is told by the run that made it."""
    github = world.inputs.github
    if not github.after.strip("0") or is_machine(github.pushed, (), ()):
        return ()
    try:
        return world.repository.changed_between(github.before, github.after)
    except GitHubRefused as error:
        story.notes.append(f"What the push changed cannot be told: {error}")
        return None


def _say(world: World, story: Story) -> None:
    outcomes: tuple[Outcome, ...] = (story.merge, story.review)
    for outcome in outcomes:
        if outcome.operation != "none":
            world.runner.say(f"{outcome.operation}: {outcome.title or outcome.words}")
        if outcome.red:
            world.runner.fail(outcome.words)
        elif outcome.operation == "merged" and outcome.words:
            world.runner.annotate([report.Annotation("warning", "", 0, neutral.line(outcome.words, 2000))])
