"""Plays a diary: at each of its moments, what was published, what people committed, and what the robot must do then.

What the robot keeps or proposes stands until somebody writes the value, or until the diary says otherwise: each run
decides everything anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sandbox.history.diary import Event, read
from sandbox.history.state import State

SHOP = Path(__file__).parent / "shop"


@dataclass(frozen=True, slots=True)
class Commit:
    """What one person committed: *files* by path, empty for one that is gone.

    *merged* says that it merged by hand what the robot had proposed.
    """

    who: str
    message: str
    files: Mapping[str, str]
    merged: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a diary, with all that was *said* of it, and the run of the robot at its end.

    *state* is what the run finds: what was *released* by source, and what people's *commits* made of the files. The
    run must write the values *writes* by slot (of these *held* are those that a hold wants), propose *proposes*, and
    keep *keeps* away.
    """

    at: str
    said: tuple[Event, ...]
    released: tuple[tuple[str, str], ...]
    commits: tuple[Commit, ...]
    state: State
    writes: Mapping[str, str]
    held: frozenset[str]
    proposes: Mapping[str, str]
    keeps: Mapping[str, str]

    @property
    def after(self) -> State:
        """What stands after the run."""
        return self.state.with_values(self.writes)


def moments(folder: Path = SHOP) -> Iterator[Moment]:
    """Every moment of the diary in *folder*, which starts with the files in `start/`."""
    start = folder / "start"
    texts = {path.relative_to(start).as_posix(): _text(path) for path in sorted(start.rglob("*.yaml"))}
    state, proposes, keeps = State(texts, {}), dict[str, str](), dict[str, str]()
    for at, group in groupby(read(folder / "diary.txt"), key=lambda event: event.at):
        events = tuple(group)
        state, commits = _people(events, state, folder / "later")
        proposes, keeps = _standing(proposes, events, "proposes"), _standing(keeps, events, "keeps")
        holds = _said(events, "holds")
        released = tuple((each.what, each.value) for each in events if each.verb == "releases")
        writes = {**_said(events, "writes"), **holds}
        moment = Moment(at, events, released, commits, state, writes, frozenset(holds), proposes, keeps)
        yield moment
        state = moment.after


def _said(events: Iterable[Event], verb: str) -> dict[str, str]:
    """What the robot does of one kind, by slot."""
    return {each.what: each.value for each in events if each.verb == verb and each.who == "robot"}


def _standing(before: Mapping[str, str], events: Iterable[Event], verb: str) -> dict[str, str]:
    """What stood before, but for the slots of which something is said now, and what is said now."""
    touched = {each.what for each in events}
    return {slot: value for slot, value in before.items() if slot not in touched} | _said(events, verb)


def _people(events: Iterable[Event], state: State, later: Path) -> tuple[State, tuple[Commit, ...]]:
    """What people make of *state*, one after another: a commit for each who did something."""
    commits = []
    by_people = [each for each in events if each.by_person]
    for (who, merged), group in groupby(by_people, key=lambda event: (event.who, event.verb == "merges")):
        notes, before = [], state.files() if state.values else {}
        for event in group:
            state = _done(event, state, later)
            notes.append(event.note or f"{event.verb} {event.what} {event.value}")
        changed = {path: text for path, text in state.files().items() if before.get(path) != text}
        gone = dict.fromkeys(before.keys() - state.texts.keys(), "")
        commits.append(Commit(who, "; ".join(dict.fromkeys(notes)), {**changed, **gone}, merged))
    return state, tuple(commits)


def _done(event: Event, state: State, later: Path) -> State:
    match event.verb:
        case "puts":
            return state.with_text(event.what, _text(later / event.value))
        case "moves":
            return state.moved(event.what, event.value)
        case _:
            return state.with_values({event.what: event.value})


def _text(path: Path) -> str:
    """A text with the line ends that it has."""
    return path.read_bytes().decode("utf-8")
