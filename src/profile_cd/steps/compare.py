"""Two finished states of a working tree, side by side: as we would write it, and as another tool has left it."""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd import comparison, plan
from profile_cd.comparison import Difference, Sides
from profile_cd.inputs import Local
from profile_cd.model import File, Plan, Snapshot
from profile_cd.services.working_tree import DIRECTORY, LINK, WorkingTree, differing
from profile_cd.steps import local

KINDS = {LINK: "a link", DIRECTORY: "a directory"}
"""By Git's modes, what is no file."""


def compared(asked: Local, finished: str) -> tuple[tuple[Difference, ...], Plan, int]:
    """What differs in the directory *finished*, our plan, and how many files were compared. Raises CannotStart."""
    other = WorkingTree(finished)
    here = local.planned(asked)
    known = comparison.known(here.loaded.manifests, here.plan)
    different = frozenset(differing(asked.directory, finished))
    texts = plan.texts(here.plan.changes, here.snapshot)
    sides = _sides(different, sorted({*different, *known}), (here.tree, other), texts)
    return comparison.compare(sides, known), here.plan, len(sides)


def _sides(
    different: frozenset[str], paths: list[str], trees: tuple[WorkingTree, WorkingTree], ours: Mapping[str, bytes]
) -> list[Sides]:
    """Each of *paths*; *ours* are the files that we would write."""
    large = {path for path in paths if _is_large(path, trees, ours)}
    read = [path for path in paths if path not in large]
    ours_now, theirs = (each.with_files(Snapshot({}), read).files for each in trees)
    found = []
    for path in paths:
        before, after = ours_now.get(path), theirs.get(path)
        whole = comparison.TOO_LARGE if path in large else _no_text(before, after) if path in different else ""
        old = before.data if before else None
        found.append(Sides(path, old, ours.get(path, old), after.data if after else None, whole))
    return [each for each in found if each.path not in large or each.path in {*different, *ours}]


def _is_large(path: str, trees: tuple[WorkingTree, WorkingTree], ours: Mapping[str, bytes]) -> bool:
    """Whether *path* is too large to be read, and is not what we would write by its size already."""
    here, finished = (each.size(path) for each in trees)
    written = path in ours and len(ours[path]) == finished
    return max(here, finished) > comparison.LARGEST and not written


def _no_text(here: File | None, finished: File | None) -> str:
    """What *path* is in place of a file, empty where it is one on both sides, or on one alone."""
    for file, side in ((finished, "on the other side"), (here, "here")):
        if file is not None and not file.regular:
            return f"it is {KINDS.get(file.mode, 'a pipe or a device')} {side}"
    return ""
