"""`profile-cd validate`: check the manifests without asking anybody."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import plan, report
from profile_cd.markdown import counted
from profile_cd.model import Plan
from profile_cd.services import terminal
from profile_cd.services.working_tree import WorkingTree
from profile_cd.steps import draft, local


def run(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    """Read the manifests and look where their keys lead. The exit code is 1 when something is wrong."""
    tree = WorkingTree(arguments.directory)
    places = draft.directories(tree.name_of(arguments.manifest_dir), "")
    # A variable that is set only in the workflow is no mistake here.
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, None, "")
    # Editors hand over whole paths.
    loaded = local.only_files(loaded, [tree.name_of(each) for each in arguments.files])
    lost = plan.problems(loaded.manifests, snapshot)
    failures = sorted((*loaded.failures, *lost), key=lambda each: (each.path, each.line))
    if arguments.json:
        print(report.as_json(Plan(failures=tuple(failures), warnings=loaded.warnings)))
        return 1 if failures else 0
    for problem in failures:
        terminal.prose(report.at_line(problem), "red")
    for problem in loaded.warnings:
        terminal.prose(report.at_line(problem, "warning"), "yellow")
    valid = len(loaded.manifests) - len({(problem.path, problem.manifest) for problem in lost})
    words = f"{counted(valid, 'manifest')} {'is' if valid == 1 else 'are'} valid, {counted(len(failures), 'problem')}."
    terminal.end(words, good=not failures)
    return 1 if failures else 0
