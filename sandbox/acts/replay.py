"""Replays history: what a robot of then changed must come out as it was, byte for byte, and no person's no is undone.

Our own history, a made-up shop, is in `sandbox/history/shop`, and is also played run by run upon a real Git
repository. A real one is replayed where it lies beside the checkout.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from profile_cd import manifest, transformers, versions
from profile_cd.errors import ProfileError
from profile_cd.model import Manifest, SourceUse
from profile_cd.targets import yaml
from sandbox.acts.disagreements import Judged, disagreements, updates
from sandbox.acts.runs import runs
from sandbox.history import ENVIRONMENT, SHOP, History, Moment, Seen, history_of, moments, of_folder, seen
from sandbox.runner import PROJECT

DATA = PROJECT.parent / "shared" / "data"

BLANKS = "updatecli changed blanks or blank lines too"
TYPED = "a person had typed a version that nobody had published yet"
EXPECTED = {
    **dict.fromkeys(("c45d5c7", "91a3ff9", "a1713cb", "396aa75", "935de28"), BLANKS),
    **dict.fromkeys(("e4a11fa", "3379543", "f47b5a6", "724ebf0"), TYPED),
}
"""The commits of the real history that must come out otherwise, and why; of ours, none."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One record: what became of it, and why where it does not agree."""

    commit: str
    date: str
    file: str
    agrees: bool
    reason: str = ""

    @property
    def unexpected(self) -> bool:
        """Whether it should have come out otherwise."""
        return not self.agrees and self.commit[:7] not in EXPECTED


def main(_words: list[str]) -> int:
    """Print how many agree, and the reason for each that does not; 1 where one does not that should."""
    began = time.monotonic()
    print(f"Our own history, of a made-up shop ({SHOP.relative_to(PROJECT)}):\n")
    fine = [shown(history_of(moments())), run_by_run(moments())]
    if DATA.is_dir():
        print("\nThe real history, beside this checkout (../shared/data):\n")
        fine.append(shown(of_folder(DATA)))
    else:
        print("\nA real history is not beside this checkout (../shared/data).")
    print(
        f"\nReplayed in {time.monotonic() - began:.0f} s: {'all as expected' if all(fine) else 'NOT all as expected'}."
    )
    return 0 if all(fine) else 1


def shown(history: History) -> bool:
    """Print what became of each record and value; whether all of it is as expected."""
    results = list(replay(history))
    disagreed, updated = judged(history)
    for each in (each for each in results if each.unexpected):
        print(f"  {each.date} {each.commit[:7]} {each.file}: {each.reason}")
    for found in (found for found in (*disagreed, *updated) if not found.agrees):
        said = found.kept or "written, but a person wanted it kept"
        print(f"  {found.commit[:7]} {found.file} {found.key}: {said}")
    print(f"{sum(each.agrees for each in results)} of {len(results)} records agree byte for byte.")
    differ = [each for each in results if not each.agrees]
    for reason, count in Counter(EXPECTED.get(each.commit[:7], "unexpected") for each in differ).most_common():
        print(f"  {count:3d} others: {reason}")
    print(f"{_agreeing(disagreed)} disagreements end as people wanted it.")
    print(f"{_agreeing(updated)} other updates are written all the same.")
    return all(each.agrees for each in (*disagreed, *updated)) and not any(each.unexpected for each in results)


def _agreeing(judged: list[Judged]) -> str:
    return f"{sum(each.agrees for each in judged)} of {len(judged)}"


def run_by_run(history: Iterable[Moment], every: int = 1) -> bool:
    """Print what became of each run (or some: see `runs`) of the shop; whether each did what the diary says."""
    with tempfile.TemporaryDirectory() as folder:
        done = list(runs(history, Path(folder), every))
    for each in done:
        for difference in each.differences:
            print(f"  {each.at} {difference}")
    fine = sum(not each.differences for each in done)
    print(f"{fine} of {len(done)} runs upon its Git repository write, propose and keep what the diary says.")
    return fine == len(done)


def judged(history: History) -> tuple[list[Judged], list[Judged]]:
    """Each disagreement between a person and the robot of then, and each other update, through the rules."""
    disagreed = list(disagreements(history.disagreements, history.known))
    named = {(each.commit, each.file, each.key) for each in disagreed}
    return disagreed, list(updates(history.records, named, history.known))


def replay(history: History) -> Iterator[Replayed]:
    """Every record of the history, played again."""
    return (_played(record, history.known) for record in history.records)


def _played(record: Mapping[str, Any], known: Seen) -> Replayed:
    text, name = record["before"], (record["commit"], record["date"], record["file"])
    try:
        for entry in record["manifest"]:
            manifests, _ = manifest.read(entry["text"], entry["path"], ENVIRONMENT)
            for each in manifests:
                text = _applied(each, record["file"], text, record["date"], known)
    except ProfileError as error:
        return Replayed(*name, agrees=False, reason=f"refused: {error}")
    if text == record["after"]:
        return Replayed(*name, agrees=True)
    return Replayed(*name, agrees=False, reason=_difference(record, text))


def _applied(each: Manifest, file: str, text: str, date: str, known: Seen) -> str:
    uses = {use.id: use for use in each.sources}
    for target in each.targets:
        if target.file == file:
            value = _value(uses[target.source_id], date, known)
            text = yaml.write(text, target.key, target.value or value, document=target.document)
    return text


def _value(use: SourceUse, date: str, known: Seen) -> str:
    choice = versions.choose(seen(known, use.source.id, date), use.condition)
    if choice.picked is None:
        raise ProfileError(choice.reason)
    return transformers.apply(use.transformers, choice.picked)


def _difference(record: Mapping[str, Any], text: str) -> str:
    ours, theirs = text.split(), record["after"].split()
    if ours == theirs:
        return "other blanks or blank lines"
    pairs = [f"{old} instead of {new}" for old, new in zip(ours, theirs, strict=False) if old != new]
    return f"another version: {'; '.join(pairs[:3])}"
