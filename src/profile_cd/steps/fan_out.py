"""Fan-out: which projects lag behind what the base holds after this run.

What counts is GitHub's record of accepted pipelines, never that an output was written (design decision 8):
so a run that was dropped, killed or refused is made up for by the next one, whatever started it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from profile_cd.errors import GitHubRefused, unexpected
from profile_cd.fanout import Fault, Head, Route, routes, unmatched
from profile_cd.model import Loaded, Snapshot, Tree
from profile_cd.plan import path_of
from profile_cd.steps.record import Record
from profile_cd.steps.so_far import Attempt, SoFar
from profile_cd.steps.world import World
from profile_cd.trees import differing


@dataclass(frozen=True, slots=True)
class FanOut:
    """A route for each project, and the *commit* that those which are concerned deploy, under which *message*.

    *faults* are warnings about entries of PROJECTS; *notes* say what could not be found out.
    """

    routes: tuple[Route, ...] = ()
    commit: str = ""
    message: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Base:
    """What the base holds now: its commit, and its files where they can be known."""

    commit: str
    tree: Tree | None


def fan_out(world: World, so_far: SoFar, attempt: Attempt) -> FanOut:
    """Hold every project's last accepted deployment against the base as this run leaves it."""
    projects = world.inputs.projects
    if attempt.planned is None or attempt.record is None:
        return FanOut()
    record = _finished(attempt.record)
    notes = [record.note] if record.note else []
    base = _base(world, attempt, attempt.planned.snapshot, record, notes)
    head = Head(
        tree=base.tree,
        trees=record.trees,
        own=_own(world, so_far, record),
        owners=owners(attempt.planned.loaded, world.inputs.directory),
        forced=world.inputs.force_projects,
    )
    found = routes(projects, record.standings, head)
    ids = [each.id for each in attempt.planned.loaded.manifests]
    faults = unmatched(projects, sorted(base.tree), ids) if base.tree else ()
    concerned = any(each.concerned for each in found)
    message = _message(world, so_far, base.commit) if concerned else ""
    return FanOut(found, base.commit if concerned or so_far.merged else "", message, faults, tuple(notes))


def owners(loaded: Loaded, within: str) -> Mapping[str, frozenset[str]]:
    """The ids of the manifests that keep each file up to date, by its path from the repository's root."""
    found: dict[str, set[str]] = {}
    for manifest in loaded.manifests:
        for target in manifest.targets:
            found.setdefault(path_of(target.file, within), set()).add(manifest.id)
    return {path: frozenset(ids) for path, ids in found.items()}


def _finished(record: Future[Record]) -> Record:
    """What was asked beside everything else; a mistake of ours there costs the record, never the outputs."""
    try:
        return record.result()
    except Exception as error:  # noqa: BLE001  # whatever it is: something was merged, and must be said
        return Record(note=f"Which deployments there are cannot be found out. {unexpected(error, GitHubRefused)}")


def _base(world: World, attempt: Attempt, planned: Snapshot, record: Record, notes: list[str]) -> _Base:
    """The base as this attempt leaves it: its merge, else what it was planned on."""
    merge = attempt.merged.outcome if attempt.merged else None
    if merge is None:
        return _Base(planned.commit, record.trees.get(planned.tree))
    try:
        tree = merge.tree or world.repository.commit(merge.merge_sha).tree
        return _Base(merge.merge_sha, world.repository.tree(tree))
    except GitHubRefused as error:
        notes.append(f"The files of the merge commit cannot be read, so every project is triggered. {error}")
        return _Base(merge.merge_sha, None)


def _own(world: World, so_far: SoFar, record: Record) -> Sequence[str] | None:
    """The paths that this run itself merged or was started by the push of; None where that cannot be known."""
    if any(each.outcome.paths is None for each in so_far.merged):
        return None
    paths = [path for each in so_far.merged for path in each.outcome.paths or ()]
    if not world.inputs.github.pushed_commits:
        return paths
    # A new branch has no commit before: everything on it was pushed.
    before, after = (record.trees.get(each) if each.strip("0") else {} for each in world.inputs.github.pushed_commits)
    return None if before is None or after is None else [*paths, *differing(before, after)]


def _message(world: World, so_far: SoFar, commit: str) -> str:
    """What the pipelines show: the title of what was merged, else the subject of the base's newest commit."""
    if so_far.merged:
        return so_far.merged[-1].outcome.title
    try:
        return world.repository.commit(commit).message.partition("\n")[0]
    except GitHubRefused:
        return f"Deploy {commit[:7]}"
