"""Two finished states of a file, and what accounts for their difference: values, the way it is written, or the rest."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from profile_cd.comparison.values import Known, Value, values
from profile_cd.errors import EditRefused
from profile_cd.targets import yaml

Kind = Literal["values", "format", "other"]
LARGEST = 1_000_000
"""Bytes of a file that is compared line by line: seconds, where a disk's image would take hours."""
TOO_LARGE = f"it is not the same, and with more than {LARGEST // 1_000_000} MB not compared line by line"


@dataclass(frozen=True, slots=True)
class Sides:
    """One file before, as we would write it, and as the other tool left it; None where it is not there.

    *whole* says what is the matter where it differs and was not read.
    """

    path: str
    before: bytes | None = None
    ours: bytes | None = None
    theirs: bytes | None = None
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that the other tool left differently.

    *values* are those that differ at keys of manifests. *format_lines* counts the further lines that differ although
    they read the same, *other_lines* are those that read differently where no manifest leads; *whole* says what is
    the matter where the file cannot be compared line by line.
    """

    path: str
    values: tuple[Value, ...] = ()
    format_lines: int = 0
    other_lines: tuple[str, ...] = ()
    whole: str = ""

    @property
    def format_only(self) -> bool:
        """Whether both files say the same to whoever reads them."""
        return not self.values and not self.other_lines and not self.whole


def compare(sides: Sequence[Sides], known: Mapping[str, Sequence[Known]]) -> tuple[Difference, ...]:
    """The files that differ, in the order of *sides*. *known* are the keys of each file that manifests lead to."""
    return tuple(
        _difference(each, known.get(each.path, ())) for each in sides if each.whole or each.ours != each.theirs
    )


def _difference(file: Sides, known: Sequence[Known]) -> Difference:
    if file.whole:
        return Difference(file.path, whole=file.whole)
    if file.theirs is None:
        return Difference(file.path, whole="it is not there on the other side")
    if file.ours is None:
        return Difference(file.path, whole="it is there on the other side only")
    if max(len(file.ours), len(file.theirs)) > LARGEST:
        return Difference(file.path, whole=TOO_LARGE)
    try:
        before, ours, theirs = (each.decode("utf-8") for each in (file.before or b"", file.ours, file.theirs))
    except UnicodeDecodeError:
        return Difference(file.path, whole="it is no text in UTF-8, and its bytes differ")
    different = tuple(each for each in values(known, before, ours, theirs) if each.differs)
    return _rest(file.path, different, _with_values(ours, different), theirs)


def _with_values(ours: str, different: Sequence[Value]) -> str:
    """Our text with the other tool's values, so that what differs from its text is not about values."""
    edits = [(each.known.key, each.theirs, each.known.document) for each in different]
    try:
        return yaml.write_all(ours, edits)
    except EditRefused:
        # Several values at one key, or one that we would not write: then they are counted with the rest.
        return ours


def _rest(path: str, different: tuple[Value, ...], ours: str, theirs: str) -> Difference:
    lines = _lines(ours, theirs)
    if yaml.alike(ours, theirs):
        return Difference(path, different, format_lines=len(lines))
    return Difference(path, different, other_lines=tuple(lines))


def _lines(ours: str, theirs: str) -> list[str]:
    """The lines of a diff that are not on both sides, `-` before ours and `+` before theirs."""
    compared = difflib.unified_diff(ours.splitlines(), theirs.splitlines(), lineterm="", n=0)
    return [line for line in list(compared)[2:] if not line.startswith("@@")]
