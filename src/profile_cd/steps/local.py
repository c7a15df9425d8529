"""What the commands of a terminal share: the working tree and its plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from profile_cd import manifest, neutral
from profile_cd.errors import CannotStart
from profile_cd.inputs import Local
from profile_cd.judgement import Past
from profile_cd.model import Loaded, Plan, Problem, Snapshot
from profile_cd.services import git_history, logins, terminal
from profile_cd.services.clock import SystemClock
from profile_cd.services.web import HttpWeb, of_user
from profile_cd.services.working_tree import WorkingTree
from profile_cd.sources import Session
from profile_cd.steps import draft, judge


@dataclass(frozen=True, slots=True)
class Here:
    """A working tree with all that was read of it, its manifests, and what is planned for it."""

    tree: WorkingTree
    snapshot: Snapshot
    loaded: Loaded
    plan: Plan


def planned(asked: Local) -> Here:
    """The working tree, its snapshot and what would change in it, judged as the action judges."""
    tree, now = WorkingTree(asked.directory), SystemClock().now()
    places = draft.directories(tree.name_of(asked.manifest_dir), "")
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, asked.manifest_environment, "")
    loaded = _only(loaded, asked.names)
    debug = terminal.debug(asked.token, hiding=loaded.hiding) if asked.debug else None
    with terminal.progress(quiet=asked.json or asked.debug) as observe:
        web = HttpWeb(workers=asked.workers, observe=observe, cache=of_user(asked.cache_directory), debug=debug)
        asking = draft.Asking(Session(web, logins.of_user(asked)))
        drafted = draft.draft(asking, snapshot, loaded, "", now)
    case = judge.Case(asking, drafted, places=tuple(dict.fromkeys((*places, *manifest.DEFAULT_DIRECTORIES))))
    past, note = _past(asked.directory) if drafted.draft.changes else (None, "")
    judged = judge.judge_without_github(case, past, now)
    return Here(tree, snapshot, loaded, replace(judged, notes=(note,) if note else ()))


def _only(loaded: Loaded, names: tuple[str, ...]) -> Loaded:
    """Those of the manifests that are asked for by *names*; all without any. Raises CannotStart for others."""
    known = {each.manifest for each in loaded.failures} | {each.id for each in loaded.manifests}
    for name in names:
        if name not in known:
            raise CannotStart(f"There is no manifest {neutral.quoted(name)}.", now="Name its file, without ending.")
    return _kept(loaded, lambda _, name: name in names) if names else loaded


def only_files(loaded: Loaded, files: Sequence[str]) -> Loaded:
    """Those of the manifests that lie in *files*; all without any. Raises CannotStart for a file that is none."""
    paths = {PurePosixPath(each).as_posix() for each in files}
    known = {each.path for each in loaded.manifests} | {each.path for each in (*loaded.failures, *loaded.warnings)}
    for path in sorted(paths - known):
        raise CannotStart(
            f"{neutral.quoted(path)} is no manifest here.",
            now="Write its path below the directory, like .updatecli/x.yaml.",
        )
    return _kept(loaded, lambda path, _: path in paths) if paths else loaded


def _kept(loaded: Loaded, wanted: Callable[[str, str], bool]) -> Loaded:
    """Those manifests, and what is said of those, whose path and name are *wanted*."""

    def of(problems: Sequence[Problem]) -> tuple[Problem, ...]:
        return tuple(each for each in problems if wanted(each.path, each.manifest))

    manifests = tuple(each for each in loaded.manifests if wanted(each.path, each.id))
    return replace(loaded, manifests=manifests, failures=of(loaded.failures), warnings=of(loaded.warnings))


def _past(directory: str) -> tuple[Past | None, str]:
    """The clone's own history; None, and a remark why, where there is none."""
    try:
        return git_history.open_history(directory), ""
    except git_history.Blind as blind:
        return None, (
            f"Who wrote which value is not known here: {blind}. What a person holds may be among the changes; "
            "nothing goes down all the same."
        )
