"""Prefixes of versions, as in `==2.0.*` and `~=1.4.2` of PEP 440."""

from __future__ import annotations

import re

_SPLIT = re.compile(r"([0-9]+)((?:a|b|c|rc)[0-9]+)", re.ASCII)


def compatible(text: str) -> str:
    """The prefix of `~=`: everything but its last number, without what comes behind a post or dev."""
    parts = []
    for part in _parts(text):
        if part.startswith(("post", "dev")):
            break
        parts.append(part)
    return ".".join(parts[:-1])


def _parts(text: str) -> list[str]:
    """The parts between dots, with one more between a number and its prerelease: `1.5rc1` is 1, 5, rc1."""
    found: list[str] = []
    for part in text.split("."):
        match = _SPLIT.fullmatch(part)
        found += match.groups() if match else [part]
    return found


def begins(version: str, prefix: str) -> bool:
    """Whether *version* starts with *prefix*, of which `==2.0.*` is the usual spelling.

    The library pads what is shorter with zeros and then adds a rest that it takes from the prefix, so that 2 is no
    `==2.0.*` to it, unlike to pip, and a prerelease in the prefix passes for another.
    """
    wanted = _parts(prefix)
    given = _parts(version)[: len(wanted)]
    numbers = [part for part in wanted if part.isdigit()], [part for part in given if part.isdigit()]
    rests = [wanted[len(each) :] for each in numbers]
    width = max(map(len, numbers))
    one, other = ([*each, *["0"] * (width - len(each)), *rest] for each, rest in zip(numbers, rests, strict=True))
    return one == other
