"""Changes as new texts of their files: each file is proved once with all of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from profile_cd.errors import EditRefused, ProfileError, unexpected
from profile_cd.model import Change, Snapshot
from profile_cd.targets import yaml
from profile_cd.targets.yaml import Edit

MOST_PROOFS = 64
"""How often one file is proved while the changes are looked for that it does not bear."""


def texts(changes: Iterable[Change], snapshot: Snapshot) -> dict[str, bytes]:
    """The new content of each file that *changes* touch. Raises EditRefused when two of them collide."""
    return {
        path: yaml.write_all(_text(snapshot, path), _edits(of_file)).encode("utf-8")
        for path, of_file in _by_file(changes).items()
    }


def lines(changes: Sequence[Change], path: str, snapshot: Snapshot) -> set[int]:
    """The lines of the file at *path*, from 0, that those of *changes* write that touch it."""
    of_file = _by_file(changes).get(path, [])
    return yaml.lines(_text(snapshot, path), _edits(of_file)) if of_file else set()


def stands(change: Change, snapshot: Snapshot) -> bool:
    """Whether the value that *change* replaces still stands in *snapshot*."""
    if change.file not in snapshot.files:
        return False
    try:
        return yaml.value(_text(snapshot, change.file), change.key, document=change.document) == change.old
    except (ProfileError, UnicodeDecodeError):
        return False


def refused(changes: Iterable[Change], snapshot: Snapshot) -> dict[Change, EditRefused]:
    """Those of *changes* that cannot be written without touching something else, each with the reason.

    A file is proved with all of its changes; only where that is refused they are halved, until it is known whose
    fault it is. A manifest that fails in one place writes in none, so its other changes are left out, too.
    """
    found: dict[Change, EditRefused] = {}
    for path, of_file in _by_file(changes).items():
        found |= _Search(_text(snapshot, path)).refused(of_file)
    return found


class _Search:
    """Looks for the changes of one file that cannot be written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._proofs = 0

    def refused(self, changes: Sequence[Change]) -> dict[Change, EditRefused]:
        found: dict[Change, EditRefused] = {}
        # What is fine in halves may still be refused together, so the rest is proved again as it will be written.
        while more := self._within([each for each in changes if each not in found]):
            found |= more
        return found

    def _within(self, changes: Sequence[Change]) -> dict[Change, EditRefused]:
        if self._proofs >= MOST_PROOFS:
            return dict.fromkeys(changes, EditRefused("Too many changes of this file are refused to try each alone."))
        self._proofs += 1
        error = self._tried(changes)
        if error is not None:
            everything = dict.fromkeys(changes, error)
            if len(changes) == 1:
                return everything
            half = len(changes) // 2
            return self._within(changes[:half]) | self._within(changes[half:]) or everything
        return {}

    def _tried(self, changes: Sequence[Change]) -> EditRefused | None:
        try:
            yaml.write_all(self._text, _edits(changes))
        except EditRefused as error:
            return error
        except Exception as error:  # noqa: BLE001  # an edit that nobody thought of fails its own manifest only
            return unexpected(error, EditRefused)
        return None


def _by_file(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.file, []).append(change)
    return found


def _edits(changes: Iterable[Change]) -> list[Edit]:
    return [(change.key, change.new, change.document) for change in changes]


def _text(snapshot: Snapshot, path: str) -> str:
    return snapshot.files[path].data.decode("utf-8")
