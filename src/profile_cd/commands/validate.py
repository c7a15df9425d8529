"""`profile-cd validate`: check the manifests without asking anybody."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace

from profile_cd import plan, report
from profile_cd.model import Problem
from profile_cd.services.working_tree import WorkingTree
from profile_cd.steps import draft


def run(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    """Read the manifests and look where their keys lead. The exit code is 1 when something is wrong."""
    tree = WorkingTree(arguments.directory)
    places = draft.directories(tree.name_of(arguments.manifest_dir), "")
    variables = _Anything()
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, variables, "")
    lost = plan.problems(loaded.manifests, snapshot)
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
