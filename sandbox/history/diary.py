"""The diary of a repository: a line says when who did what; a line without a time belongs to the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)? +(?P<time>\d\d:\d\d)? +(?P<who>\w+) +(?P<verb>\w+) +(?P<what>\S+) +(?P<value>.+?)"
    r"(?:  # (?P<note>.+))?"
)
VERBS = {
    "acme": {"releases"},
    "robot": {"writes", "holds", "proposes", "keeps", "agrees"},
    "person": {"writes", "merges", "puts", "moves"},
}
"""Who can do what; whoever is neither acme nor the robot is a person."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line; *at* is a moment in RFC 3339 and UTC."""

    at: str
    who: str
    verb: str
    what: str
    value: str
    note: str = ""

    @property
    def by_person(self) -> bool:
        """Whether neither a publisher nor the robot did it."""
        return self.who not in VERBS


def read(path: Path) -> Iterator[Event]:
    """The events of a diary, in its order. Raises ValueError for a line that is none."""
    at = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None or match["verb"] not in VERBS.get(match["who"], VERBS["person"]):
            raise ValueError(f"{path.name}:{number} says nothing that a diary can say: {line}")
        earlier, at = at, f"{match['day']}T{match['time']}:00Z" if match["day"] else at
        if at < earlier:
            raise ValueError(f"{path.name}:{number} goes back in time")
        yield Event(at, match["who"], match["verb"], match["what"], match["value"], match["note"] or "")
