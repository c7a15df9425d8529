"""Plays disagreements between people and a robot again, and every other update, through the judge's rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from profile_cd import manifest, transformers
from profile_cd.errors import ProfileError
from profile_cd.judgement import Evidence, Facts, Fail, Keep, Turn, Writer, verdict
from profile_cd.model import Change, Manifest, SourceUse, TargetUse
from profile_cd.targets import yaml
from profile_cd.versions import choose
from sandbox.history import ENVIRONMENT, Seen, seen

PERSON, ROBOT = Writer("1" * 40, "", "", ("a person",)), Writer("2" * 40, "", "", ("the robot",))

Value = tuple[str, str]
"""A file and a key."""

Named = tuple[str, str, str]
"""A commit, a file and a key."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one value; *expected* is `keep`, `write`, or empty where nobody disagreed about it."""

    commit: str
    file: str
    key: str
    kept: str
    expected: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it came out as it should: what nobody disagreed about is written."""
        return bool(self.kept) == (self.expected == "keep")


def disagreements(entries: Iterable[Mapping[str, Any]], known: Seen) -> Iterator[Judged]:
    """Each entry, in the shape of people-and-robot.json, judged on the evidence that it names."""
    for entry in entries:
        last = entry["last_writers"][0]
        by_person = last["by"] == "person"
        turn = Turn(PERSON) if entry["manifest_meaning_changed"] else None
        replaced = (last["from"],) if by_person and last["from"] else ()
        evidence = Evidence(PERSON if by_person else ROBOT, by_person, replaced, turn)
        path = f"updatecli.d/{entry['manifest']}"
        read, _ = manifest.read(entry["manifest_now"], path, ENVIRONMENT)
        use, target = read[0].sources[0], read[0].targets[0]
        facts = _facts(use, entry["date"], known)
        change = _change(read[0], target, facts, entry["value"], entry["robot_wrote"])
        kept = _kept(change, replace(evidence, facts=facts), entry["date"])
        yield Judged(entry["robot_commit"], entry["file"], entry["key"], kept, entry["expected"])


def updates(records: Iterable[Mapping[str, Any]], named: Collection[Named], known: Seen) -> Iterator[Judged]:
    """Each other value that the robot of old changed, oldest first; those in *named* are judged by `disagreements`.

    The records do not say who wrote what stood there. Where it is not what the record before left, it was a person,
    who took nothing away: a step down that was undone, or a version that went down, would be among the named.
    """
    left: dict[Value, str] = {}
    for record in records:
        for each, target in _targets(record):
            value, name = (target.file, target.key), (record["commit"], target.file, target.key)
            try:
                sides = (record["before"], record["after"])
                old, new = (yaml.value(side, target.key, document=target.document) for side in sides)
            except ProfileError:
                continue
            by_person = left.get(value, old) != old
            left[value] = new
            if old != new and name not in named:
                use = next(use for use in each.sources if use.id == target.source_id)
                facts = _facts(use, record["date"], known)
                evidence = Evidence(PERSON if by_person else ROBOT, by_person, facts=facts)
                kept = _kept(_change(each, target, facts, old, new), evidence, record["date"])
                yield Judged(*name, kept)


def _targets(record: Mapping[str, Any]) -> Iterator[tuple[Manifest, TargetUse]]:
    for entry in record["manifest"]:
        with suppress(ProfileError):
            manifests, _ = manifest.read(entry["text"], entry["path"], ENVIRONMENT)
            for each in manifests:
                yield from ((each, target) for target in each.targets if target.file == record["file"])


def _facts(use: SourceUse, date: str, known: Seen) -> Facts:
    return Facts(use, choose(seen(known, use.source.id, date), use.condition))


def _change(each: Manifest, target: TargetUse, facts: Facts, old: str, new: str) -> Change:
    source = facts.use.source
    return Change(
        each.id, each.name, each.path, target.line, source.id, source.product,
        target.file, target.key, old, new, _version(facts, new), target.document,
    )  # fmt: skip


def _version(facts: Facts, value: str) -> str:
    """The version that *value* is made of; the value itself where something else would be chosen."""
    picked = facts.choice.picked if facts.choice else None
    return picked if picked and transformers.apply(facts.use.transformers, picked) == value else value


def _kept(change: Change, evidence: Evidence, date: str) -> str:
    """Why it is kept; empty where it is written."""
    found = verdict(change, evidence, datetime.fromisoformat(date).astimezone(UTC))
    return found.reason if isinstance(found, Keep | Fail) else ""
