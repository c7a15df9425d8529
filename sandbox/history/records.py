"""A history in the shape of `../shared/data`: what a robot changed, what was known when, where people disagreed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENVIRONMENT = {"GITHUB_TOKEN": "replay", "GITHUB_ACTOR": "replay"}
"""What manifests read while a history is replayed."""

RECORDS, VERSIONS, DISAGREEMENTS = "replay-until-2025-06.jsonl.gz", "versions.json", "people-and-robot.json"

Seen = Mapping[str, Sequence[tuple[str, str]]]
"""Version and the moment it was first seen (RFC 3339), by source, in order of publication."""


@dataclass(frozen=True, slots=True)
class History:
    """*records* are files before and after a robot's change, with the manifests that decided it, oldest first.

    *disagreements* are values of which a person and a robot thought differently, with the answer that is right.
    """

    records: Sequence[Mapping[str, Any]]
    known: Seen
    disagreements: Sequence[Mapping[str, Any]]


def seen(known: Seen, source: str, at: str) -> list[str]:
    """The versions of *source* that were seen until *at* (RFC 3339), in order of publication."""
    return [version for version, first in known.get(source, ()) if first <= at]


def of_folder(folder: Path) -> History:
    """The history in the files of *folder*. Raises OSError where one is missing."""
    with gzip.open(folder / RECORDS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    sources = json.loads((folder / VERSIONS).read_text("utf-8"))["sources"]
    known = {
        name: [(each["version"], each["first_seen"]) for each in source["versions"]] for name, source in sources.items()
    }
    return History(records, known, json.loads((folder / DISAGREEMENTS).read_text("utf-8")))
