"""The action's main step where the input `check` is true: look at everything, change nothing, say what to set where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from profile_cd import checks, neutral, report
from profile_cd.checks import Line
from profile_cd.errors import GitHubRefused
from profile_cd.fanout import Fault, Project
from profile_cd.model import Problem
from profile_cd.protocols import Clock
from profile_cd.services.repository import GitHubApi, Settings
from profile_cd.steps import draft
from profile_cd.steps.draft import Asking
from profile_cd.steps.world import World


def check(world: World, asking: Asking) -> int:
    """Every line in the log and in the summary, what must be set as a warning. Returns the exit code."""
    asked, github = world.inputs, world.inputs.github
    api = GitHubApi(github.repository, asked.token, github.api_url, world.clock)
    lines = [*settings(api, world.base_branch, asked.projects, world.clock), *faulty(asked.project_faults)]
    lines += manifests(_failures(world, asking))
    for each in lines:
        world.runner.say(f"{each.level:7}  {each.words}")
    wanted = [each for each in lines if each.level == "set"]
    world.runner.annotate(report.warning(each.words) for each in wanted)
    world.runner.summarise(_summary(lines))
    return 1 if wanted else 0


def settings(api: GitHubApi, base: str, projects: Sequence[Project], clock: Clock) -> Sequence[Line]:
    """What the token behind *api* sees of itself and of the settings; its refusal where it sees nothing."""
    try:
        facts = Settings(api).look(base)
    except GitHubRefused as error:
        return [Line("set", str(error))]
    return checks.found(facts, projects, clock.now())


def faulty(faults: Iterable[Fault]) -> Sequence[Line]:
    """What is wrong with PROJECTS."""
    return [Line("set", each.message) for each in faults]


def manifests(failures: Sequence[Problem]) -> Sequence[Line]:
    """Each manifest that cannot be read or asked."""
    failed = [Line("set", report.at_line(each)) for each in failures]
    return failed or [Line("fine", "Every manifest can be read, and what it asks answers.")]


def _failures(world: World, asking: Asking) -> Sequence[Problem]:
    asked = world.inputs
    snapshot, loaded = draft.load(
        world.repository, world.base(), world.places, asked.manifest_environment, asked.directory
    )
    drafted = draft.draft(asking, snapshot, loaded, asked.directory, world.clock.now()).draft
    return [
        Problem(each.manifest, each.path, each.line, loaded.hiding(each.reason), each.unset)
        for each in drafted.failures
    ]


def _summary(lines: Sequence[Line]) -> str:
    rows = [f"- **{each.level}**: {neutral.sentence(each.words)}" for each in lines]
    return "\n".join(["## Check", "", *rows, ""])
