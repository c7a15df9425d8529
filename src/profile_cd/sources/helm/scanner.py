"""Cuts the lines of some charts out of an `index.yaml` as `helm repo index` writes it: block style, two levels."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_ENTRIES = re.compile(rb"^entries:[ ]*\r?$", re.MULTILINE)
_AT_THE_MARGIN = re.compile(rb"^[^\s#]", re.MULTILINE)
_FIRST_KEY = re.compile(rb"\r?\n([ ]+)[^\s#-]")
_REFERENCE = re.compile(rb"[\s\[{,][&*][^\s&*]")
MOST_CHARTS = 50_000


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines of the wanted charts, as an index of their own, and the names of all."""

    text: bytes
    charts: tuple[str, ...]


def cut(body: bytes, names: Collection[str]) -> Cut | None:
    """The charts *names* of *body*; None where it looks otherwise than Helm's, so that only a parser can read it.

    Nothing is copied but the wanted lines: an index may have tens of megabytes.
    """
    starts = [match.end() for match in _ENTRIES.finditer(body)]
    first = _FIRST_KEY.match(body, starts[0]) if len(starts) == 1 else None
    if first is None:
        return None
    margin = _AT_THE_MARGIN.search(body, starts[0])
    if margin and margin[0] in (b"-", b"."):
        return None
    stop = margin.start() if margin else len(body)
    places = _places(body, starts[0], stop, first[1])
    if places is None:
        return None
    ends = dict(zip(places, [*list(places.values())[1:], stop], strict=True))
    part = b"".join(body[places[name] : ends[name]] for name in places if name in names)
    if _REFERENCE.search(part):
        return None
    return Cut(b"entries:\n" + part if part else b"entries: {}", tuple(places))


def _places(body: bytes, start: int, stop: int, indent: bytes) -> dict[str, int] | None:
    """Where each chart's key begins; None where a line at that indent is no plain key, or stands twice."""
    found: dict[str, int] = {}
    line = re.compile(rb"^%s(?=[^ #-])(['\"]?)([A-Za-z0-9][A-Za-z0-9._/-]*)?(\1:[ ]*\r?$)?" % indent, re.MULTILINE)
    for match in line.finditer(body, start, stop):
        name = match[2].decode("ascii") if match[2] else ""
        if not match[3] or name in found or len(found) >= MOST_CHARTS:
            return None
        found[name] = match.start()
    return found
