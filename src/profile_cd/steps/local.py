"""What the commands of a terminal share: the working tree, what its manifests may read, and its plan."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd.errors import CannotStart
from profile_cd.judgement import judge
from profile_cd.model import Plan, Snapshot
from profile_cd.services import terminal
from profile_cd.services.clock import SystemClock
from profile_cd.services.logins import from_environment
from profile_cd.services.web import HttpWeb, of_user
from profile_cd.services.working_tree import WorkingTree
from profile_cd.sources import Session
from profile_cd.steps import draft


def planned(arguments: argparse.Namespace, environment: Mapping[str, str]) -> tuple[WorkingTree, Snapshot, Plan]:
    """The working tree, its snapshot and what would change in it."""
    tree = WorkingTree(arguments.directory)
    places = draft.directories(tree.name_of(arguments.manifest_dir), "")
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, _readable(arguments, environment), "")
    with terminal.progress(quiet=arguments.json) as observe:
        web = HttpWeb(workers=arguments.workers, observe=observe, cache=of_user(environment))
        asking = draft.Asking(Session(web, from_environment(environment)))
        drafted = draft.draft(asking, snapshot, loaded, "")
    return tree, snapshot, judge(drafted.draft, {}, "none", SystemClock().now())


def _readable(arguments: argparse.Namespace, environment: Mapping[str, str]) -> dict[str, str]:
    names = ("GITHUB_TOKEN", "GITHUB_ACTOR", *arguments.manifest_env)
    if any(name.upper().startswith("INPUT_") for name in names):
        raise CannotStart("Inputs are not for manifests.", now="Name another variable.")
    return {name: environment[name] for name in names if name in environment}
