"""What the commands of a terminal share: the working tree and its plan."""

from __future__ import annotations

from profile_cd.inputs import Local
from profile_cd.judgement import judge
from profile_cd.model import Plan, Snapshot
from profile_cd.services import logins, terminal
from profile_cd.services.clock import SystemClock
from profile_cd.services.web import HttpWeb, of_user
from profile_cd.services.working_tree import WorkingTree
from profile_cd.sources import Session
from profile_cd.steps import draft


def planned(asked: Local) -> tuple[WorkingTree, Snapshot, Plan]:
    """The working tree, its snapshot and what would change in it."""
    tree = WorkingTree(asked.directory)
    places = draft.directories(tree.name_of(asked.manifest_dir), "")
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, asked.manifest_environment, "")
    with terminal.progress(quiet=asked.json) as observe:
        web = HttpWeb(workers=asked.workers, observe=observe, cache=of_user(asked.cache_directory))
        asking = draft.Asking(Session(web, logins.of_user(asked)))
        drafted = draft.draft(asking, snapshot, loaded, "")
    return tree, snapshot, judge(drafted.draft, {}, "none", SystemClock().now())
