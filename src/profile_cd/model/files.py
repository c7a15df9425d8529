"""What a commit holds: its files, as bytes and as names of objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

OBJECT = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
"""The whole name of an object, as an expression: a SHA-1, or a SHA-256 where the repository has those."""

Tree: TypeAlias = Mapping[str, tuple[str, str]]
"""Path → (Git mode, object name) of every file of a commit."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a snapshot: its bytes and its Git mode (`100644`, `100755`, `120000`).

    Git has no mode for what can lie on a disk besides, such as a pipe: there it is `000000`.
    """

    data: bytes
    mode: str = "100644"

    @property
    def regular(self) -> bool:
        """Whether its bytes are its own: no link, no directory, no pipe."""
        return self.mode.startswith("100")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files that matter at one moment, by path relative to the repository's root.

    *commit* and *tree* are the object names they were read at, empty for a working tree.
    """

    files: Mapping[str, File]
    commit: str = ""
    tree: str = ""


def is_object(name: str) -> bool:
    """Whether *name* can be the whole name of a commit, a tree or a blob."""
    return re.fullmatch(OBJECT, name) is not None
