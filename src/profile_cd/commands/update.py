"""The action's main step: find newer versions, propose and merge them, say which projects lag behind."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace

from profile_cd import inputs, judgement, report
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.judgement import announcement
from profile_cd.proposal import BRANCHES, Found
from profile_cd.report import Outcome
from profile_cd.services import logins
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Branches, Deployments, GitHubApi, History, PullRequests, Repository, Trees
from profile_cd.services.runner import Runner
from profile_cd.services.web import HttpWeb
from profile_cd.sources import Session
from profile_cd.steps import announced as announcing
from profile_cd.steps import draft, judge, leave, updated
from profile_cd.steps.draft import Asking, Planned
from profile_cd.steps.finish import finish
from profile_cd.steps.propose import Decided, propose
from profile_cd.steps.record import Ledger, Record
from profile_cd.steps.so_far import Attempt, SoFar, refused, words_of
from profile_cd.steps.world import World

MOST_PLANS = 5
"""How often a run plans anew because somebody was faster."""


def run(environment: Mapping[str, str]) -> int:
    """One run of the action: ask, decide, write, report. Returns the exit code."""
    world, asking = _begin(environment)
    if world.inputs.check:
        # Imported here: what it asks and judges would be a twentieth of every run's start.
        from profile_cd.steps.check import check

        return check(world, asking)
    with ThreadPoolExecutor(1, "record") as beside:
        return _run(world, asking, beside)


def _run(world: World, asking: Asking, beside: Executor) -> int:
    """Attempt until nobody was faster; what is asked *beside* is waited for at the end."""
    so_far, attempt = SoFar(), Attempt()
    for _ in range(MOST_PLANS):
        try:
            attempt = _attempt(world, asking, so_far, beside)
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
    passwords = [login.password for login in inputs.registry_logins(asked.registry_credentials.reveal()).values()]
    runner.mask(asked.token, asked.merge_token, *passwords)
    clock, github = SystemClock(), asked.github

    def api_of(token: Secret) -> GitHubApi:
        return GitHubApi(github.repository, token, github.api_url, clock, debug=runner.debug)

    api = api_of(asked.token)
    # `merge-token` does everything that must not be the default token's: branch, pull request and merge.
    writer = api_of(asked.merge_token) if asked.merge_token else api
    repository = Repository(api, writer)
    base = asked.base or github.default_branch or api.default_branch()
    # The record is read by a thread of its own, and a connection to GitHub is not to be shared by two.
    own_api = api_of(asked.token)
    world = World(
        inputs=asked,
        base_branch=base,
        repository=repository,
        branches=Branches(api, writer),
        pull_requests=PullRequests(api, writer, clock),
        history=History(api),
        ledger=Ledger(Deployments(own_api), Trees(own_api), clock),
        runner=runner,
        clock=clock,
    )
    return world, Asking(Session(HttpWeb(debug=runner.debug), logins.of_run(asked)))


def _attempt(world: World, asking: Asking, so_far: SoFar, beside: Executor) -> Attempt:
    """Ask, decide and write once, on the newest base."""
    with world.runner.group("Ask: manifests, registries, charts, releases"):
        planned, found, record = _ask(world, asking, beside)
        if announcing.waited(world, asking, planned):
            planned, found, record = _ask(world, asking, beside)
    asked = Attempt(planned=planned, record=record)
    try:
        return _tried(world, asking, so_far, asked, planned, found)
    except CannotStart:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is: what a person has merged is deployed all the same
        return refused(so_far, asked, words_of(error))


def _tried(
    world: World, asking: Asking, so_far: SoFar, asked: Attempt, planned: Planned, found: Future[Found]
) -> Attempt:
    """*asked*, decided and written."""
    with world.runner.group("Decide: the plan"):
        attempt, decided = _decide(world, asking, so_far, planned, updated.checked(world, found.result()))
        attempt = replace(attempt, record=asked.record)
    if world.inputs.dry_run or not world.writes:
        planned_ends = [Outcome("planned" if attempt.plan.lane(lane) else "none") for lane in BRANCHES]
        return replace(attempt, merge=planned_ends[0], review=planned_ends[1])
    with world.runner.group("Write: propose and merge"):
        return propose(world, decided, attempt)


Asked = tuple[Planned, Future[Found], Future[Record] | None]


def _ask(world: World, asking: Asking, beside: Executor) -> Asked:
    """The draft on the newest base, everything of ours on GitHub, and the record, which may still be under way.

    GitHub is asked for our pull requests while the registries are asked, which takes longer.
    """
    asked = world.inputs
    with ThreadPoolExecutor(1) as at_once:
        snapshot, loaded = draft.load(
            world.repository, world.base(), world.places, asked.manifest_environment, asked.directory
        )
        world.runner.mask(*(Secret(each) for each in loaded.hiding.instead))
        world.runner.say(f"{len(loaded.manifests)} manifests at {snapshot.commit[:7]}")
        found = at_once.submit(world.find)
        pushed = asked.github.pushed_commits
        record = beside.submit(world.ledger.read, asked.projects, snapshot, pushed) if world.fans_out else None
        planned = draft.draft(asking, snapshot, loaded, asked.directory, world.clock.now())
        return planned, found, record


def _decide(world: World, asking: Asking, so_far: SoFar, planned: Planned, found: Found) -> tuple[Attempt, Decided]:
    """The plan without what is left to people, and what the lanes are written from."""
    races = judge.Races(so_far.raced, so_far.to_decide_again)
    judged = judge.judge(world, asking, planned, found, races)
    names = judge.names(world, judged.changes, planned.snapshot)
    plan = leave.without_held(judged, found, names)
    announced = announcement.read(world.inputs.image, world.inputs.chart, world.inputs.tag)
    for change in plan.changes:
        world.runner.say(report.grepped(change))
    world.runner.say(report.sum_up(plan))
    notes = (*world.notes, *leave.notes(leave.foreign(found)))
    for note in notes:
        world.runner.say(note)
    known = judgement.Decided(planned.loaded, planned.draft.choices, plan, asking.awaited, world.clock.now())
    became = judgement.became(announced, known)
    attempt = Attempt(plan, became, planned, notes=notes)
    return attempt, Decided(planned, found, names, announced, so_far.raced)
