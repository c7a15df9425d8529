"""A profile repository as it lies on the disk: read as a snapshot, written a whole file at a time."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from profile_cd.errors import CannotStart, ProfileError
from profile_cd.model import File, Snapshot

DIRECTORY = "040000"
"""Git's mode of what is no file."""


class WorkingTree:
    """The files below *root*."""

    def __init__(self, directory: str) -> None:
        root = Path(directory)
        if not root.is_dir():
            raise CannotStart(f"The directory `{root}` does not exist.", now="Name the profile repository's root.")
        self._root = root

    def snapshot(self, directories: Iterable[str]) -> Snapshot:
        """Every regular file below *directories*, hidden ones too; links are not followed."""
        files: dict[str, File] = {}
        for directory in directories:
            if (self._root / directory).is_file():
                raise CannotStart(f"`{directory}` is a file.", now="Name the directory that the manifests lie in.")
            for place, _, names in os.walk(self._root / directory):
                for name in sorted(names):
                    path = Path(place, name)
                    if path.is_file() and not path.is_symlink():
                        files[path.relative_to(self._root).as_posix()] = _file(path)
        return Snapshot(dict(sorted(files.items())))

    def name_of(self, directory: str) -> str:
        """*directory* as seen from the root, where it is an absolute path."""
        return os.path.relpath(directory, self._root) if Path(directory).is_absolute() else directory

    def with_files(self, snapshot: Snapshot, paths: Iterable[str]) -> Snapshot:
        """*snapshot* with those of *paths* that exist, without what a link of a directory leads out of the root to."""
        found = {path: _file(self._root / path) for path in paths if self._holds(path)}
        return replace(snapshot, files={**snapshot.files, **found})

    def _holds(self, path: str) -> bool:
        place = self._root / path
        return os.path.lexists(place) and place.parent.resolve().is_relative_to(self._root.resolve())

    def write(self, files: Mapping[str, bytes]) -> None:
        """Replace *files*, each by a rename: a reader, or a crash, sees the old file or the new one.

        Raises ProfileError where the disk refuses one; those before it are written.
        """
        for path, data in files.items():
            try:
                _replace(self._root / path, data)
            except OSError as error:
                raise ProfileError(
                    f"`{path}` cannot be written: {error.strerror}.",
                    probably="Nothing of it was changed.",
                    now="Look at its permissions and the space on the disk.",
                ) from error


def _replace(place: Path, data: bytes) -> None:
    mode = stat.S_IMODE(place.stat().st_mode)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _file(path: Path) -> File:
    if path.is_symlink():
        return File(os.fsencode(path.readlink()), "120000")
    if not path.is_file():
        return File(b"", DIRECTORY)
    try:
        return File(path.read_bytes(), "100755" if os.access(path, os.X_OK) else "100644")
    except OSError as error:
        raise CannotStart(f"`{path}` cannot be read: {error.strerror}.", now="Look at its permissions.") from error
