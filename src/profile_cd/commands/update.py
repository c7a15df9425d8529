"""The action's main step: find newer versions, propose and merge them, say which projects lag behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from profile_cd import inputs, report
from profile_cd.errors import CannotStart
from profile_cd.judgement import announcement
from profile_cd.proposal import BRANCHES
from profile_cd.report import Outcome
from profile_cd.services import logins
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Branch, GitHubApi, History, PullRequests, Repository
from profile_cd.services.runner import Runner
from profile_cd.services.web import HttpWeb
from profile_cd.sources import Session
from profile_cd.steps import draft, fan_out, judge
from profile_cd.steps.deliver import own_branch
from profile_cd.steps.draft import Asking, Planned
from profile_cd.steps.finish import finish
from profile_cd.steps.propose import Ours, propose
from profile_cd.steps.so_far import Attempt, SoFar, refused, words_of
from profile_cd.steps.world import World

MOST_PLANS = 5
"""How often a run plans anew because somebody was faster."""


def run(environment: Mapping[str, str]) -> int:
    """One run of the action: ask, decide, write, report. Returns the exit code."""
    world, asking = _begin(environment)
    so_far, attempt = SoFar(), Attempt()
    for _ in range(MOST_PLANS):
        try:
            attempt = _attempt(world, asking, so_far)
        except Exception as error:  # whatever went wrong, outputs and summary are written
            if isinstance(error, CannotStart) and not so_far.merged:
                raise
            attempt = refused(so_far, attempt, words_of(error))
            break
        so_far = so_far.after(attempt)
        if not attempt.again:
            break
        world.runner.say(f"Planning again: {attempt.again}.")
    else:
        attempt = refused(so_far, attempt, "Somebody was faster every time. The next run does it all again.")
    return finish(world, asking, so_far, attempt)


def _begin(environment: Mapping[str, str]) -> tuple[World, Asking]:
    """Read what is asked of us, hide what is secret, and make everything that speaks with the outside."""
    runner = Runner(inputs.runner_files(environment))
    asked = inputs.of_update(environment, runner.event())
    passwords = [login.password for login in logins.parse(asked.registry_credentials.reveal()).values()]
    runner.mask(asked.token, asked.merge_token, *passwords)
    clock, github = SystemClock(), asked.github
    api = GitHubApi(github.repository, asked.token, github.api_url, clock)
    merge_api = GitHubApi(github.repository, asked.merge_token, github.api_url, clock) if asked.merge_token else None
    world = World(asked, Repository(api), PullRequests(api, merge_api), History(api), runner, clock)
    return world, Asking(Session(HttpWeb(), logins.of_run(asked)))


def _attempt(world: World, asking: Asking, so_far: SoFar) -> Attempt:
    """Ask, decide and write once, on the newest base."""
    with world.runner.group("Ask: manifests, registries, charts, releases"):
        planned, branches, own = _ask(world, asking)
    announced = announcement.read(world.inputs.image, world.inputs.chart, world.inputs.tag)
    with world.runner.group("Decide: the plan"):
        races = judge.Races(so_far.closed_by_race, so_far.to_decide_again)
        plan = judge.judge(world, world.history, asking, planned, branches, races)
        became = announcement.outcome(announced, planned.loaded, plan)
        for change in plan.changes:
            world.runner.say(report.grepped(change))
        world.runner.say(report.sum_up(plan))
    attempt = Attempt(plan, became, fan_out.missing(branches))
    if world.inputs.dry_run:
        ends = [Outcome("planned" if plan.lane(lane) else "none") for lane in BRANCHES]
        return replace(attempt, merge=ends[0], review=ends[1])
    with world.runner.group("Write: propose and merge"):
        return propose(world, Ours(planned, dict(zip(BRANCHES, own, strict=True)), announced), attempt)


def _ask(world: World, asking: Asking) -> tuple[Planned, Sequence[Branch], Sequence[Branch]]:
    """The draft on the newest base, all branches of ours, and the one that each lane may write.

    GitHub is asked for our branches while the registries are asked, which takes longer.
    """
    asked, github = world.inputs, world.pull_requests
    names = [f"{asked.branch_prefix}/{name}" for name in BRANCHES.values()]
    with ThreadPoolExecutor(1) as beside:
        snapshot, loaded = draft.load(
            world.repository, world.base(), world.places, asked.manifest_environment, asked.directory
        )
        world.runner.say(f"{len(loaded.manifests)} manifests at {snapshot.commit[:7]}")
        answer = beside.submit(github.of_branches, names)
        planned = draft.draft(asking, snapshot, loaded, asked.directory, world.clock.now())
        branches = answer.result()
        own = [own_branch(world, each) for each in branches]
    return planned, [*branches, *(each for each in own if each not in branches)], own
