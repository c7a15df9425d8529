"""A profile repository as it lies on the disk: read as a snapshot, written a whole file at a time."""

from __future__ import annotations

import filecmp
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from profile_cd.errors import CannotStart, ProfileError
from profile_cd.model import File, Snapshot

DIRECTORY = "040000"
LINK = "120000"
"""Git's modes of what is no file."""
OTHER = "000000"
"""A pipe, a socket or a device: Git knows none."""
LOCK = ".#"
"""Emacs marks a file that is being edited by a link of this name beside it, which leads nowhere."""


class WorkingTree:
    """The files below *root*."""

    def __init__(self, directory: str) -> None:
        root = Path(directory)
        if not root.is_dir():
            raise CannotStart(f"The directory `{root}` does not exist.", now="Name the profile repository's root.")
        self._root = root

    def snapshot(self, directories: Iterable[str]) -> Snapshot:
        """Every file below *directories*, hidden ones too; of what is no regular file only that it is there."""
        return Snapshot({path: _file(self._root / path) for path in self.paths(directories)})

    def paths(self, directories: Iterable[str]) -> list[str]:
        """Where `snapshot` finds a file, in order, without a look into any. Raises CannotStart for no directory."""
        found: list[str] = []
        wanted = tuple(directories)
        for directory in wanted:
            folder = self._root / directory
            if folder.is_file():
                raise CannotStart(f"`{directory}` is a file.", now="Name the directory that the manifests lie in.")
            if len(wanted) == 1 and not folder.is_dir():
                raise self._missing(directory)
            for place, _, names in os.walk(folder):
                paths = (Path(place, name) for name in names)
                found += [
                    path.relative_to(self._root).as_posix()
                    for path in paths
                    if not (path.name.startswith(LOCK) and path.is_symlink())
                ]
        return sorted(set(found))

    def _missing(self, directory: str) -> CannotStart:
        others = [each.name for each in self._root.iterdir() if each.is_dir()]
        near = get_close_matches(directory, others, 1)
        return CannotStart(
            f"There is no directory `{directory}` in `{self._root}`.",
            probably=f"Perhaps `{near[0]}` is meant." if near else "",
            now="Name the directory that the manifests lie in, as it is seen from there.",
        )

    def name_of(self, directory: str) -> str:
        """*directory* as seen from the root, where it is an absolute path."""
        return os.path.relpath(directory, self._root) if Path(directory).is_absolute() else directory

    def with_files(self, snapshot: Snapshot, paths: Iterable[str]) -> Snapshot:
        """*snapshot* with those of *paths* that exist; what a link leads to is a link, and never what lies there."""
        found = {path: self._file(path) for path in paths if os.path.lexists(self._root / path)}
        return replace(snapshot, files={**snapshot.files, **found})

    def size(self, path: str) -> int:
        """The bytes of the regular file at *path*; 0 for anything else."""
        place = self._root / path
        return place.stat().st_size if place.is_file() and not self._is_linked(path) else 0

    def _file(self, path: str) -> File:
        return File(b"", LINK) if self._is_linked(path) else _file(self._root / path)

    def _is_linked(self, path: str) -> bool:
        """Whether *path*, or a directory on the way to it, is a link: a committed one can lead into `.git`."""
        way = [Path(path), *Path(path).parents]
        return any((self._root / each).is_symlink() for each in way if each.parts)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Replace *files*, each by a rename: a reader, or a crash, sees the old file or the new one.

        Raises ProfileError where the disk refuses one, or a link leads to it; those before it are written.
        """
        for path, data in files.items():
            if self._is_linked(path):
                raise ProfileError(f"`{path}` is a link, and none is followed.", now="Name the file that it leads to.")
            try:
                _replace(self._root / path, data)
            except OSError as error:
                raise ProfileError(
                    f"`{path}` cannot be written: {error.strerror}.",
                    probably="Nothing of it was changed.",
                    now="Look at its permissions and the space on the disk.",
                ) from error


def differing(one: str, other: str) -> tuple[str, ...]:
    """The paths of the files that are not the same, byte for byte, in both directories.

    `.git` is left out, and one directory within the other, as a CI job checks both out.
    """
    roots = Path(one), Path(other)
    inner = {each.resolve() for each in roots}
    found: set[str] = set()
    for root in roots:
        for folder, below, names in os.walk(root):
            links = [each for each in below if Path(folder, each).is_symlink()]
            below[:] = [each for each in below if each != ".git" and Path(folder, each).resolve() not in inner]
            inside = Path(folder).relative_to(root)
            found |= {(inside / name).as_posix() for name in (*names, *links) if name != ".git"}
    return tuple(sorted(path for path in found if not _same(roots[0] / path, roots[1] / path)))


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    if not (one.is_file() and other.is_file()):
        return not one.is_file() and not other.is_file()
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError as error:
        raise CannotStart(
            f"`{error.filename}` cannot be read: {error.strerror}.", now="Look at its permissions."
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
    if path.is_symlink() or not path.is_file():
        return File(b"", LINK if path.is_symlink() else DIRECTORY if path.is_dir() else OTHER)
    try:
        return File(path.read_bytes(), "100755" if os.access(path, os.X_OK) else "100644")
    except OSError as error:
        raise CannotStart(f"`{path}` cannot be read: {error.strerror}.", now="Look at its permissions.") from error
