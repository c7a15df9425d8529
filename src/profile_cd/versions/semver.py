"""Reads versions as the manifests' dialect does: leniently, with node-semver's order among them."""

from __future__ import annotations

import re
from typing import NamedTuple

_IDENTIFIERS = r"(?:{0})(?:\.(?:{0}))*".format(r"0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*")
_TAIL = rf"(?:-({_IDENTIFIERS}))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
# As Masterminds' NewVersion reads them: `20240101` is 20240101.0.0, `1-alpine` a prerelease, `01.2` is 1.2.0, while
# `1.2.3-01`, `V1` and `1.2.3.4` are nothing.
_LENIENT = re.compile(rf"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?{_TAIL}")
_STRICT = re.compile(rf"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*){_TAIL}")
TOO_BIG = 2**64
_SURELY_SMALL = 19  # digits


Core = tuple[int, int, int]


class Version(NamedTuple):
    """A version, without its metadata. *order* sorts; *prerelease* is empty for a release."""

    order: tuple[object, ...]
    core: Core
    prerelease: str

    @property
    def canonical(self) -> str:
        """The spelling that node-semver reads, too."""
        return spell(self.core, self.prerelease)


def parse(text: str, *, strict: bool = False) -> Version | None:
    """Read one to three numbers below 2^64, with `v`, prerelease and metadata as one likes; None for all else.

    *strict* wants three numbers, without `v` and leading zeros.
    """
    match = (_STRICT if strict else _LENIENT).fullmatch(text)
    if match is None:
        return None
    major, minor, patch, prerelease = match.groups()
    if len(text) > _SURELY_SMALL:
        if is_too_big(major) or is_too_big(minor or "") or is_too_big(patch or ""):
            return None
        major, minor, patch = (each and (each.lstrip("0") or "0") for each in (major, minor, patch))
    core = int(major), int(minor or 0), int(patch or 0)
    if prerelease is None:
        return Version((*core, 1), core, "")
    identifiers = [_identifier(each) for each in prerelease.split(".")]
    if len(prerelease) > _SURELY_SMALL:
        prerelease = ".".join(str(each) for _, each in identifiers)
    return Version((*core, 0, *identifiers), core, prerelease)


def spell(core: Core, prerelease: str = "") -> str:
    """A version's canonical spelling."""
    numbers = f"{core[0]}.{core[1]}.{core[2]}"
    return f"{numbers}-{prerelease}" if prerelease else numbers


def is_too_big(digits: str) -> bool:
    """Whether a number does not fit into 64 bits.

    Counts digits first, without zeros in front: Python raises ValueError for a number of over 4,300 digits.
    """
    if len(digits) <= _SURELY_SMALL:
        return False
    digits = digits.lstrip("0")
    return len(digits) > _SURELY_SMALL + 1 or int(digits or "0") >= TOO_BIG


def _identifier(text: str) -> tuple[int, int | str]:
    if not text.isdigit():
        return (1, text)
    # A number beyond 64 bits is ordered as text by the manifests' dialect; `-` sorts below every other
    # character, so with it behind node-semver reads text, too, and nothing changes its place.
    return (1, f"{text}-") if is_too_big(text) else (0, int(text))
