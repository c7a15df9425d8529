"""What can be said of targets before any source is asked: where they lead, and who else wants the same value."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from profile_cd.errors import ProfileError, Unreadable
from profile_cd.manifest import at_line
from profile_cd.model import Manifest, Problem, Snapshot, TargetUse
from profile_cd.neutral import line as shown
from profile_cd.targets import yaml

Spot = tuple[str, int]
"""A file's path, and where in its text a value starts."""
Claim = tuple[Manifest, TargetUse]
MOST_NAMED = 5


def path_of(name: str, within: str) -> str:
    """The path from the repository's root of what a manifest calls *name*, seen from the directory *within*."""
    return str(PurePosixPath(within, name))


def place(snapshot: Snapshot, target: TargetUse, within: str) -> tuple[str, str]:
    """The path and the text of a target's file. Raises Unreadable at the target's line."""
    path = path_of(target.file, within)
    file = snapshot.files.get(path)
    if file is None:
        raise Unreadable(
            f"The file `{path}` does not exist.",
            line=target.line,
            probably="Perhaps it was renamed: name the file as it stands in the repository.",
        )
    if file.mode == "120000":
        raise Unreadable(f"`{path}` is a symbolic link.", line=target.line, now="Name the file that it points to.")
    if not file.mode.startswith("100"):
        raise Unreadable(f"`{path}` is a directory.", line=target.line, now="Name a file in it.")
    try:
        return path, file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"`{path}` is not UTF-8 (byte {error.start}).", line=target.line, now="Save it as UTF-8."
        ) from error


def problems(manifests: Iterable[Manifest], snapshot: Snapshot, *, within: str = "") -> tuple[Problem, ...]:
    """A problem for each manifest with a target that leads to no value, or to one that another target keeps up.

    *within* is the directory that the manifests' file names are relative to, empty for the root.
    """
    found: list[Problem] = []
    owners: dict[Spot, list[Claim]] = {}
    for manifest in manifests:
        for target in (each for each in manifest.targets if not each.unset):
            try:
                for spot in _spots(snapshot, target, within):
                    owners.setdefault(spot, []).append((manifest, target))
            except Unreadable as error:
                found.append(Problem(manifest.id, manifest.path, error.line, str(error)))
    claimed = [_claimed(*claim, claims) for claims in owners.values() if _quarrel(claims) for claim in claims]
    return (*found, *dict.fromkeys(claimed))


def _spots(snapshot: Snapshot, target: TargetUse, within: str) -> list[Spot]:
    path, text = place(snapshot, target, within)
    try:
        return [(path, each.at) for each in yaml.read(text, target.key, document=target.document)]
    except ProfileError as error:
        raise at_line(error, target.line) from error


def _quarrel(claims: list[Claim]) -> bool:
    """Whether they may want different texts in one place."""
    return len({(manifest.path, manifest.id, target.source_id, target.value) for manifest, target in claims}) > 1


def _claimed(manifest: Manifest, target: TargetUse, claims: list[Claim]) -> Problem:
    others = [(other, use) for other, use in claims if use is not target]
    named = ", ".join(f"{other.path}:{use.line} (`{shown(use.key, 200)}`)" for other, use in others[:MOST_NAMED])
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    reason = (
        f"`{shown(target.key, 200)}` in `{shown(target.file, 80)}` leads to a value that is also kept up to date "
        f"by {named}{more}. They would undo each other at every run. Keep one of them."
    )
    return Problem(manifest.id, manifest.path, target.line, reason)
