"""Replays real history: with the versions known then, each change must come out as it was, byte for byte."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from profile_cd import manifest, transformers, versions
from profile_cd.errors import ProfileError
from profile_cd.model import Manifest, SourceUse
from profile_cd.targets import yaml
from sandbox.acts.disagreements import Judged, disagreements, updates
from sandbox.runner import PROJECT

DATA = PROJECT.parent / "shared" / "data"
RECORDS = DATA / "replay-until-2025-06.jsonl.gz"
VERSIONS = DATA / "versions.json"
DISAGREEMENTS = DATA / "people-and-robot.json"
ENVIRONMENT = {"GITHUB_TOKEN": "replay", "GITHUB_ACTOR": "replay"}

Seen = Mapping[str, list[tuple[str, str]]]
"""Version and the moment it was first seen (RFC 3339), by source."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One record: what became of it, and why where it does not agree."""

    commit: str
    file: str
    agrees: bool
    reason: str = ""


def main(_words: list[str]) -> int:
    """Print how many agree, and the reason for each that does not."""
    if not RECORDS.exists():
        print(f"There is nothing to replay: {RECORDS.name} is not beside this checkout (../shared/data).")
        return 0
    results = list(replay())
    for each in results:
        if not each.agrees:
            print(f"{each.commit[:7]} {each.file}: {each.reason}")
    agree = sum(each.agrees for each in results)
    print(f"\n{agree} of {len(results)} records agree byte for byte.")
    for reason, count in Counter(_kind(each.reason) for each in results if not each.agrees).most_common():
        print(f"  {count:3d} {reason}")
    return _judged()


def _judged() -> int:
    """Print what became of each real disagreement, and whether any other update is lost by the rules."""
    disagreed, updated = judged()
    for each in (*disagreed, *updated):
        if not each.agrees:
            print(f"{each.commit[:7]} {each.file} {each.key}: {each.kept or 'written, but a person wanted it kept'}")
    print(f"\n{sum(each.agrees for each in disagreed)} of {len(disagreed)} disagreements end as people wanted it.")
    print(f"{sum(each.agrees for each in updated)} of {len(updated)} other updates are written all the same.")
    return 0 if all(each.agrees for each in (*disagreed, *updated)) else 1


def judged() -> tuple[list[Judged], list[Judged]]:
    """Each real disagreement between a person and the robot of old, and each other update, through the rules."""
    known = _known()
    disagreed = list(disagreements(json.loads(DISAGREEMENTS.read_text("utf-8")), known))
    named = {(each.commit, each.file, each.key) for each in disagreed}
    return disagreed, list(updates(_records(), named, known))


def replay() -> Iterator[Replayed]:
    """Every record of the history, played again."""
    known = _known()
    return (_played(record, known) for record in _records())


def _records() -> Iterator[dict[str, Any]]:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _known() -> Seen:
    sources = json.loads(VERSIONS.read_text("utf-8"))["sources"]
    return {
        name: [(each["version"], each["first_seen"]) for each in source["versions"]] for name, source in sources.items()
    }


def _played(record: dict[str, Any], known: Seen) -> Replayed:
    commit, file, text = record["commit"], record["file"], record["before"]
    try:
        for entry in record["manifest"]:
            manifests, _ = manifest.read(entry["text"], entry["path"], ENVIRONMENT)
            for each in manifests:
                text = _applied(each, file, text, record["date"], known)
    except ProfileError as error:
        return Replayed(commit, file, agrees=False, reason=f"refused: {error}")
    if text == record["after"]:
        return Replayed(commit, file, agrees=True)
    return Replayed(commit, file, agrees=False, reason=_difference(record, text))


def _applied(each: Manifest, file: str, text: str, date: str, known: Seen) -> str:
    uses = {use.id: use for use in each.sources}
    for target in each.targets:
        if target.file == file:
            value = _value(uses[target.source_id], date, known)
            text = yaml.write(text, target.key, target.value or value, document=target.document)
    return text


def _value(use: SourceUse, date: str, known: Seen) -> str:
    candidates = [version for version, seen in known.get(use.source.id, ()) if seen <= date]
    choice = versions.choose(candidates, use.condition)
    if choice.picked is None:
        raise ProfileError(choice.reason)
    return transformers.apply(use.transformers, choice.picked)


def _difference(record: dict[str, Any], text: str) -> str:
    ours, theirs = text.split(), record["after"].split()
    if ours == theirs:
        return "updatecli changed blanks or blank lines too"
    pairs = [f"{old} instead of {new}" for old, new in zip(ours, theirs, strict=False) if old != new]
    return f"another version: {'; '.join(pairs[:3])}"


def _kind(reason: str) -> str:
    return reason.partition(":")[0]
