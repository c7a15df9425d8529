"""plan, apply and validate: the commands that a person runs at a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from profile_cd import plan, plan_targets, report
from profile_cd.commands import planning, screen
from profile_cd.errors import CannotStart
from profile_cd.model import Plan, Problem, Snapshot
from profile_cd.policy import judge
from profile_cd.services.credentials import from_environment
from profile_cd.services.web import HttpWeb
from profile_cd.services.web_cache import of_user
from profile_cd.services.working_tree import WorkingTree


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """One command; the exit code is 0 when nothing failed, 1 when some manifest did."""
    story = {"plan": _plan, "apply": _apply, "validate": _validate}[arguments.command]
    return story(arguments, environment)


def _plan(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    _, snapshot, planned = _planned(arguments, environment)
    if arguments.json:
        print(report.as_json(planned))
    else:
        screen.show(planned, report.diff(snapshot, plan.texts(planned.changes, snapshot)))
    return 1 if planned.failures else 0


def _apply(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    tree, snapshot, planned = _planned(arguments, environment)
    tree.write(plan.texts(planned.changes, snapshot))
    if arguments.json:
        print(report.as_json(planned))
    else:
        for change in planned.changes:
            print(report.grepped(change))
        screen.problems(planned)
        print(report.sum_up(planned))
    return 1 if planned.failures else 0


def _validate(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    tree = WorkingTree(Path(arguments.directory))
    places = planning.directories(tree.name_of(arguments.manifest_dir), "")
    variables = _Anything()
    snapshot, loaded = planning.load(tree, tree.snapshot(places), places, variables, "")
    lost = plan_targets.problems(loaded.manifests, snapshot)
    unknown = [problem for problem in loaded.failures if variables.stand_in(problem.reason)]
    failures = [problem for problem in (*loaded.failures, *lost) if problem not in unknown]
    for problem in sorted(failures, key=lambda each: (each.path, each.line)):
        print(report.at_line(problem))
    for problem in (*loaded.warnings, *map(_unchecked, unknown)):
        print(report.at_line(problem).replace(": ", ": warning: ", 1))
    valid = len(loaded.manifests) - len({(problem.path, problem.manifest) for problem in lost})
    print(f"{_counted(valid, 'manifest')} {'is' if valid == 1 else 'are'} valid, {_counted(len(failures), 'problem')}.")
    return 1 if failures else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _unchecked(problem: Problem) -> Problem:
    reason = f"This cannot be checked without the variables that its templates name. {problem.reason}"
    return replace(problem, reason=reason)


def _planned(arguments: argparse.Namespace, environment: Mapping[str, str]) -> tuple[WorkingTree, Snapshot, Plan]:
    tree = WorkingTree(Path(arguments.directory))
    places = planning.directories(tree.name_of(arguments.manifest_dir), "")
    snapshot, loaded = planning.load(tree, tree.snapshot(places), places, _readable(arguments, environment), "")
    with screen.progress(quiet=arguments.json) as observe:
        web = HttpWeb(workers=arguments.workers, observe=observe, cache=of_user(environment))
        asking = planning.Asking(web, from_environment(environment))
        planned = planning.draft(asking, snapshot, loaded, "")
    return tree, snapshot, judge(planned.draft, {}, "none")


def _readable(arguments: argparse.Namespace, environment: Mapping[str, str]) -> dict[str, str]:
    names = ("GITHUB_TOKEN", "GITHUB_ACTOR", *arguments.manifest_env)
    if any(name.upper().startswith("INPUT_") for name in names):
        raise CannotStart("Inputs are not for manifests.", now="Name another variable.")
    return {name: environment[name] for name in names if name in environment}


class _Anything(dict[str, str]):
    """For `validate`: a variable that is set only in the workflow is no mistake here, and none is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        self._asked.add(name)
        return f"${name}"

    def get(self, name: str, _default: object = None, /) -> str:
        return self[name]

    def stand_in(self, reason: str) -> bool:
        """Whether *reason* is about a name that stands here for what only the workflow knows."""
        return any(f"${name}" in reason for name in self._asked)
