"""A diary in the shape of real data: a record for each file that the robot changed, an entry for each disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from profile_cd import manifest
from profile_cd.model import TargetUse
from profile_cd.targets import yaml
from sandbox.history.diary import Event
from sandbox.history.records import ENVIRONMENT, History
from sandbox.history.shop import Moment
from sandbox.history.state import SLOT, State

FOLDERS = tuple(f"{each}/" for each in manifest.DEFAULT_DIRECTORIES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot is kept up to date: by which manifest (one document of it), in which value."""

    manifest: str
    text: str
    target: TargetUse

    def value(self, state: State) -> str:
        """What stands there."""
        return state.filled(yaml.value(state.texts[self.target.file], self.target.key, document=self.target.document))


@dataclass(slots=True)
class _Writers:
    """Who wrote the value of each slot, in place of what, and whose manifests decided anew since then."""

    by: dict[str, str] = field(default_factory=dict)
    instead: dict[str, str | None] = field(default_factory=dict)
    turned: set[str] = field(default_factory=set)
    proposed: dict[str, str] = field(default_factory=dict)

    def take(self, event: Event, values: Mapping[str, str]) -> None:
        """What an event says of it; *values* are those before its moment."""
        if event.what.endswith("-takes"):
            self.turned.add(event.what.removesuffix("-takes"))
        elif event.verb == "proposes":
            self.proposed[event.what] = event.value
        elif event.verb in {"writes", "holds", "merges"}:
            as_proposed = self.proposed.pop(event.what, None) == event.value
            by_person = event.by_person and not as_proposed
            self.by[event.what] = "person" if by_person else "robot"
            self.instead[event.what] = values.get(event.what)
            # Whoever writes a value for the first time writes its manifest with it.
            if event.what in values:
                self.turned.discard(event.what)
            else:
                self.turned.add(event.what)


def history_of(moments: Iterable[Moment]) -> History:
    """The same history as records."""
    writers, state, values = _Writers(), State({}, {}), dict[str, str]()
    places: dict[str, list[Place]] = {}
    known: dict[str, list[tuple[str, str]]] = {}
    records, entries = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, moment in enumerate(moments):
        for source, version in moment.released:
            known.setdefault(source, []).append((version, moment.at))
        for event in moment.said:
            if event.by_person:
                writers.take(event, values)
        if moment.state.texts != state.texts or any(each.what.endswith("-takes") for each in moment.said):
            places = _places(moment.state)
        state = moment.state
        new = {each.what: each.value for each in moment.said if each.verb == "proposes"}
        written = {slot: value for slot, value in moment.writes.items() if slot not in moment.held}
        for letter, state, wanted in (("a", moment.state, written), ("b", moment.after, new)):
            records += _records(f"{number:06d}{letter}", moment.at, state, wanted, places)
        entries += _entries(f"{number:06d}b", moment, places, writers)
        for event in moment.said:
            if not event.by_person:
                writers.take(event, values)
        values = dict(moment.after.values)
    return History(records, known, entries)


def _places(state: State) -> dict[str, list[Place]]:
    """Where each slot is kept up to date, by its name."""
    found: dict[str, list[Place]] = {}
    for path, text in state.files().items():
        for part in text.split("\n---\n") if path.startswith(FOLDERS) else ():
            (each,), _ = manifest.read(part, path, ENVIRONMENT)
            for target in each.targets:
                slot = SLOT.search(yaml.value(state.texts[target.file], target.key, document=target.document))
                if slot:
                    found.setdefault(slot[1], []).append(Place(path, part, target))
    return found


def _records(
    commit: str, at: str, state: State, values: Mapping[str, str], places: Mapping[str, list[Place]]
) -> Iterator[dict[str, Any]]:
    before, after = state.files(), state.with_values(values).files()
    for path in sorted(path for path in before if before[path] != after[path]):
        owners = [place for slot in values for place in places[slot] if place.target.file == path]
        manifests = [{"path": place.manifest, "text": place.text} for place in owners]
        record = {"commit": commit, "date": at, "file": path, "before": before[path], "after": after[path]}
        yield {**record, "manifest": manifests}


def _entries(
    commit: str, moment: Moment, places: Mapping[str, list[Place]], writers: _Writers
) -> Iterator[dict[str, Any]]:
    for event in moment.said:
        if event.verb in {"keeps", "proposes"}:
            for place in places[event.what]:
                if "hold:" not in place.text:  # what a hold keeps away is no disagreement
                    yield _entry(commit, moment, event, place, writers)


def _entry(commit: str, moment: Moment, event: Event, place: Place, writers: _Writers) -> dict[str, Any]:
    instead = writers.instead[event.what]
    replaced = None if instead is None else place.value(moment.after.with_values({event.what: instead}))
    return {
        "robot_commit": commit,
        "date": moment.at,
        "file": place.target.file,
        "key": place.target.key,
        "manifest": place.manifest.rpartition("/")[2],
        "value": place.value(moment.after),
        "robot_wrote": place.value(moment.after.with_values({event.what: event.value})),
        "expected": "keep" if event.verb == "keeps" else "write",
        "manifest_meaning_changed": event.what in writers.turned,
        "last_writers": [{"by": writers.by[event.what], "from": replaced}],
        "manifest_now": place.text,
    }
