"""plan, apply and validate: the commands that a person runs at a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from profile_cd import plan, report
from profile_cd.commands import planning, screen
from profile_cd.errors import CannotStart
from profile_cd.model import Plan, Snapshot
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


def _validate(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    tree = WorkingTree(Path(arguments.directory))
    places = planning.directories(arguments.manifest_dir, "")
    _, loaded = planning.load(tree, tree.snapshot(places), places, _any_name(environment), "")
    for problem in loaded.failures:
        print(report.at_line(problem))
    for problem in loaded.warnings:
        print(report.at_line(problem).replace(": ", ": warning: ", 1))
    print(f"{len(loaded.manifests)} manifests are valid, {len(loaded.failures)} problems.")
    return 1 if loaded.failures else 0


def _planned(arguments: argparse.Namespace, environment: Mapping[str, str]) -> tuple[WorkingTree, Snapshot, Plan]:
    tree = WorkingTree(Path(arguments.directory))
    places = planning.directories(arguments.manifest_dir, "")
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


def _any_name(environment: Mapping[str, str]) -> Mapping[str, str]:
    """For `validate`, which asks nothing: a variable that is set only in the workflow is no mistake here."""
    return _Anything(environment)


class _Anything(dict[str, str]):
    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return f"${name}"

    def get(self, name: str, _default: object = None, /) -> str:
        return self[name]
