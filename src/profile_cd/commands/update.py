"""The action's main step: find newer versions, propose and merge them, say which projects lag behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from profile_cd import inputs, plan, proposal, report
from profile_cd.errors import CannotStart, ProfileError
from profile_cd.judgement import announcement, lanes
from profile_cd.model import Change, Lane, Plan, Snapshot
from profile_cd.proposal import BRANCHES
from profile_cd.report import Outcome
from profile_cd.services import logins as credentials
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Branch, GitHubApi, History, PullRequests, Repository, Uncertain
from profile_cd.services.runner import Runner
from profile_cd.services.web import HttpWeb
from profile_cd.sources import Session
from profile_cd.steps import deliver as delivery
from profile_cd.steps import draft as planning
from profile_cd.steps import fan_out as telling
from profile_cd.steps import finish as ending
from profile_cd.steps import judge as judging
from profile_cd.steps import release_links as news
from profile_cd.steps.story import Story

MOST_PLANS = 5
"""How often a run plans anew because somebody was faster."""


def run(environment: Mapping[str, str]) -> int:
    """One run of the action: ask, decide, write, report. Returns the exit code."""
    runner = Runner(environment)
    asked = inputs.read(environment, runner.event())
    passwords = [login.password for login in credentials.parse(asked.registry_credentials.reveal()).values()]
    runner.mask(asked.token, asked.merge_token, *passwords)
    clock = SystemClock()
    api = GitHubApi(asked.github.repository, asked.token, asked.github.api_url, clock)
    merge_api = None
    if asked.merge_token:
        merge_api = GitHubApi(asked.github.repository, asked.merge_token, asked.github.api_url, clock)
    world = delivery.World(asked, Repository(api), PullRequests(api, merge_api), runner, clock)
    asking = planning.Asking(Session(HttpWeb(), credentials.from_inputs(environment, asked)))
    story = Story(History(api))
    for _ in range(MOST_PLANS):
        moved = _patient_attempt(world, asking, story)
        if moved is None:
            break
        runner.say(f"Planning again: {moved.why}.")
    else:
        _end_red(story, "Somebody was faster every time. The next run does it all again.")
    return ending.tell(world, asking, story)


def _patient_attempt(world: delivery.World, asking: planning.Asking, story: Story) -> delivery.Moved | None:
    """One attempt; what is refused on the way ends the run red, with everything reported that was done."""
    try:
        return _attempt(world, asking, story)
    except CannotStart as error:
        if not story.changed:
            raise
        _end_red(story, str(error))
    except ProfileError as error:
        _end_red(story, str(error))
    except Uncertain as lost:
        _end_red(story, f"GitHub's answer to a write was lost twice ({lost}). The next run looks what became of it.")
    return None


def _end_red(story: Story, words: str) -> None:
    """Say *words* of the lane that has nothing to say yet: what was merged stays told."""
    refused = Outcome("refused", words=words)
    if story.merge.operation == "none":
        story.merge = refused
    else:
        story.review = refused


def _attempt(world: delivery.World, asking: planning.Asking, story: Story) -> delivery.Moved | None:
    """Ask, decide and write once, on the newest base."""
    asked = world.inputs
    places = planning.directories(asked.manifest_dir, asked.directory)
    names = [f"{asked.branch_prefix}/{name}" for name in BRANCHES.values()]
    with world.runner.group("Ask: manifests, registries, charts, releases"), ThreadPoolExecutor(1) as beside:
        snapshot = _base(world)
        snapshot, loaded = planning.load(
            world.repository, snapshot, places, asked.manifest_environment, asked.directory
        )
        world.runner.say(f"{len(loaded.manifests)} manifests at {snapshot.commit[:7]}")
        asked_branches = beside.submit(world.pull_requests.of_branches, names)
        planned = planning.draft(asking, snapshot, loaded, asked.directory)
        branches = asked_branches.result()
        own = [delivery.own_branch(world, each) for each in branches]
    branches += [each for each in own if each not in branches]
    story.untold = telling.untold(branches)
    with world.runner.group("Decide: the plan"):
        story.plan = judging.judge(
            world, story.history, asking, planned, branches, judging.Races(story.ignored, story.hasty)
        )
        announced = announcement.read(asked.image, asked.chart, asked.tag)
        story.announced = announcement.outcome(announced, loaded, story.plan)
        for change in story.plan.changes:
            world.runner.say(report.grepped(change))
        world.runner.say(report.sum_up(story.plan))
    if asked.dry_run:
        story.merge = Outcome("planned" if story.plan.lane("merge") else "none")
        story.review = Outcome("planned" if story.plan.lane("review") else "none")
        return None
    with world.runner.group("Write: propose and merge"):
        return _write(world, story, planned, dict(zip(BRANCHES, own, strict=True)), announced)


def _base(world: delivery.World) -> Snapshot:
    """The head of the base branch, now."""
    asked = world.inputs
    places = planning.directories(asked.manifest_dir, asked.directory)
    return world.repository.snapshot(asked.github.base, directories=places, within=asked.directory)


def _write(
    world: delivery.World,
    story: Story,
    planned: planning.Planned,
    there: Mapping[Lane, Branch],
    announced: announcement.Announcement,
) -> delivery.Moved | None:
    changes = announcement.first(announced, story.plan.lane("merge"))
    end = _lane(world, story, planned, there["merge"], changes)
    if isinstance(end, delivery.Moved):
        story.ignored.add(end.number)
        return end
    if end.operation != "none" or story.merge.operation == "none":
        story.merge = end
    base = planned.snapshot
    if end.operation == "merged":
        story.changed += sorted({change.file for change in changes})
        if end.on and end.on != planned.snapshot.commit:
            story.hasty.update((change.file, change.key) for change in changes)
            return delivery.Moved("somebody pushed while we merged")
    if end.number and end.operation != "merged":
        story.plan = lanes.hold_back(story.plan, end.number, planned.snapshot)
    reviewed = announcement.first(announced, story.plan.lane("review"))
    if end.operation == "merged" and reviewed:
        base = world.repository.with_files(_base(world), planned.snapshot.files)
        reviewed = [change for change in reviewed if plan.stands(change, base)]
    again = _lane(world, story, replace(planned, snapshot=base), there["review"], reviewed)
    if isinstance(again, delivery.Moved):
        return again
    story.review = again
    return None


def _lane(
    world: delivery.World, story: Story, planned: planning.Planned, there: Branch, changes: Sequence[Change]
) -> Outcome | delivery.Moved:
    """Propose the *changes* of one lane; close what it has open where nothing is left of it."""
    asked = world.inputs
    try:
        if not changes:
            if not _all_decided(story.plan, planned):
                return Outcome()
            return delivery.close(world, there, "Nothing is left of this proposal: each of its values is decided.")
        lane = changes[0].lane
        propose = partial(
            proposal.propose,
            lane,
            changes,
            plan.texts(changes, planned.snapshot),
            story.plan,
            prefix=asked.branch_prefix,
            run_url=asked.github.run_url,
            upstream=asked.upstream,
            announced=story.announced,
            marks=judging.marks(world, changes, planned.snapshot),
        )
        end = delivery.deliver(world, propose(), planned.snapshot, there, merge=lane == "merge")
    except ProfileError as error:
        return Outcome("refused", title=proposal.title_of(changes) if changes else "", words=str(error))
    if isinstance(end, Outcome) and end.operation == "merged":
        story.merged.append(news.Merged(end.number, changes, planned.draft.sources, propose))
    return end


def _all_decided(judged: Plan, planned: planning.Planned) -> bool:
    """Whether nothing that an open proposal may hold could not be judged this time."""
    known = {each.id for each in planned.loaded.manifests}
    return all(kept.decided for kept in judged.kept) and all(each.manifest in known for each in judged.failures)
