"""Two finished states of a working tree, side by side: as we would write it, and as another tool has left it."""

from __future__ import annotations

from profile_cd import comparison, plan
from profile_cd.comparison import Difference, Sides
from profile_cd.inputs import Local
from profile_cd.model import Plan, Snapshot
from profile_cd.services.working_tree import WorkingTree, differing
from profile_cd.steps import draft, local


def compared(asked: Local, finished: str) -> tuple[tuple[Difference, ...], Plan, int]:
    """What differs in the directory *finished*, our plan, and how many files were compared. Raises CannotStart."""
    other = WorkingTree(finished)
    tree, snapshot, planned = local.planned(asked)
    places = draft.directories(tree.name_of(asked.manifest_dir), "")
    _, loaded = draft.load(tree, snapshot, places, asked.manifest_environment, "")
    known = comparison.known(loaded.manifests, planned)
    paths = sorted({*differing(asked.directory, finished), *known})
    sides = _sides(paths, (tree, other), planned, snapshot)
    return comparison.compare(sides, known), planned, len(sides)


def _sides(paths: list[str], trees: tuple[WorkingTree, WorkingTree], planned: Plan, here: Snapshot) -> list[Sides]:
    before, theirs = (each.with_files(Snapshot({}), paths).files for each in trees)
    ours = plan.texts(planned.changes, here)
    found = []
    for path in paths:
        old = before[path].data if path in before else None
        found.append(Sides(path, old, ours.get(path, old), theirs[path].data if path in theirs else None))
    return found
