"""The action's main step where the input `check` is true: look at everything, change nothing, say what to set where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from profile_cd import checks, fanout, neutral, report
from profile_cd.checks import Line, Wanted
from profile_cd.errors import CannotStart
from profile_cd.fanout import Fault, Project, Reading
from profile_cd.model import Problem
from profile_cd.protocols import Clock
from profile_cd.services.repository import GitHubApi
from profile_cd.services.settings import Settings
from profile_cd.steps import draft
from profile_cd.steps.draft import Asking
from profile_cd.steps.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked for: *projects* and their *faults*, where some were *given*.

    *reads*: where none were, the variable PROJECTS is read in their place. *base* is empty for the default branch.
    """

    base: str
    projects: tuple[Project, ...]
    faults: tuple[Fault, ...]
    given: bool
    reads: bool
    wanted: Wanted


def check(world: World, asking: Asking) -> int:
    """Every line in the log and in the summary, what must be set as a warning. Returns the exit code."""
    inputs, github = world.inputs, world.inputs.github
    tokens = {"token": inputs.token, "merge-token": inputs.merge_token}
    apis = {
        name: GitHubApi(github.repository, each, github.api_url, world.clock, debug=world.runner.debug)
        for name, each in tokens.items()
        if each
    }
    given = bool(inputs.projects or inputs.project_faults)
    wanted = Wanted(inputs.merge, inputs.merge_method, inputs.wait)
    asked = Asked(world.base_branch, inputs.projects, inputs.project_faults, given, reads=False, wanted=wanted)
    lines = [*settings(apis, asked, world.clock), *manifests(_failures(world, asking))]
    for each in lines:
        world.runner.say(f"{each.level:7}  {each.words}")
    wrong = [each for each in lines if each.level == "set"]
    world.runner.annotate(report.no_more([report.warning(each.words) for each in wrong]))
    world.runner.summarise(_summary(lines))
    return 1 if wrong else 0


def settings(apis: Mapping[str, GitHubApi], asked: Asked, clock: Clock) -> Sequence[Line]:
    """What the tokens behind *apis*, by their inputs' names, see of themselves, the settings, PROJECTS and secrets."""
    asker = Settings(apis)
    facts = asker.look(asked.base)
    if all(each.trouble for each in facts.tokens):
        return [Line("set", f"`{each.name}`: {each.trouble}") for each in facts.tokens]
    projects, faults, lines = asked.projects, asked.faults, []
    if not asked.given:
        variable = asker.variable()
        read = asked.reads and variable is not None and bool(variable.text)
        if read and variable is not None:
            projects, faults = _parsed(variable.text)
        # One that cannot be read at all is said below, and is nothing fine.
        if projects or not faults:
            lines = [checks.variable(variable, len(projects) if read else None, facts.tokens)]
    lines += checks.secrets(asker.secrets(projects), projects, facts.tokens)
    return [*checks.found(facts, asked.wanted, clock.now()), *lines, *_faulty(faults)]


def _parsed(text: str) -> Reading:
    try:
        return fanout.read(text)
    except CannotStart as error:
        return (), (Fault("error", str(error)),)


def _faulty(faults: Iterable[Fault]) -> Sequence[Line]:
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
