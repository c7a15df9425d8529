"""The keys of one level of a manifest: which its table knows, and what to say of the others.

A key that nobody knows is harmless where it only describes. One that was meant to decide something, and does not,
lets a value go where its manifest never allowed it: `patern: ^1.4.0` would take 2.0.0. So a misspelt key is an
error, and so is one that stands a level too high or too low; what is merely unknown is warned of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from profile_cd.errors import Unreadable
from profile_cd.fields import Field, Table
from profile_cd.manifest.fields import FILTER, ROOT, SOURCE, TARGET, YAML_TARGET
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.yaml import Node
from profile_cd.neutral import line as shown
from profile_cd.sources import KINDS

MOST_UNKNOWN = 20
"""Keys that are held against the known ones: each takes a while."""
LONGEST_KEY = 50
VERY_NEAR = 0.8


@dataclass(slots=True)
class Keys:
    """The *found* keys of a level by their present names, and what is *missing*, as errors."""

    found: dict[str, Node] = field(default_factory=dict)
    missing: list[Unreadable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A level: *where* it is in messages, the *table* of its keys, its own *line*.

    With *caseless*, keys match in any case, as below updatecli's `spec`.
    """

    where: str
    table: Table
    line: int
    caseless: bool = False


def sort_out(fields: Mapping[str, Node], place: Place, notes: Notes) -> Keys:
    """Which of *fields* count; the *notes* get a failure or a warning for each that does not."""
    keys = Keys()
    unknown: list[tuple[str, Node]] = []
    old = {spelling: name for name, each in place.table.items() for spelling in each.old}
    for written, node in fields.items():
        name = old.get(written, written.lower() if place.caseless else written)
        known = place.table.get(name)
        if known is None:
            unknown.append((written, node))
        elif name in keys.found:
            notes.fail(Unreadable(f"{place.where} has `{name}` twice.", line=node.line, now="Keep one of them."))
        else:
            if name != written and not place.caseless:
                notes.warn(node.line, f"`{written}` is an earlier spelling. Write `{name}`.")
            if _counts(name, known, node, place, notes):
                keys.found[name] = node
    required = [name for name, each in place.table.items() if each.required and name not in keys.found]
    keys.missing = list(_missing(required, unknown, place, notes, keys.found))
    return keys


def _counts(name: str, known: Field, node: Node, place: Place, notes: Notes) -> bool:
    if node.kind == "nothing" and not node.values:
        return False
    empty = node.kind in ("mapping", "list") and not node.fields and not node.items
    if known.required and empty:
        return False
    if known.refused and not empty and (node.kind, node.text.lower()) != ("flag", "false"):
        # In a text of the past, updatecli's own pull requests and conditions say nothing of the version that is
        # taken; what is refused below a `spec` does, and leaves its source or target unread.
        if not notes.lenient or place.caseless:
            what = f"The key `{name}` of {lower(place.where)} is not supported."
            notes.fail(Unreadable(what, line=node.line, now=known.refused))
        return False
    if known.ignored:
        notes.warn(node.line, f"`{name}` has no effect here. {known.ignored}")
    return not (known.refused or known.ignored)


def _missing(
    required: list[str], unknown: list[tuple[str, Node]], place: Place, notes: Notes, found: Mapping[str, Node]
) -> Iterator[Unreadable]:
    """An error for each of the *required* keys; the *unknown* ones are noted, or are what was meant by them."""
    meant: set[str] = set()
    looked_at = [pair for pair in unknown if not pair[0].startswith("x-")]
    for number, (written, node) in enumerate(looked_at):
        near = _near(written, place.table, found) if number < MOST_UNKNOWN else ""
        what = f"The key `{shown(written, 80)}` is unknown in {lower(place.where)}."
        if near in required:
            meant.add(near)
            yield Unreadable(what, line=node.line, now=f"Did you mean `{near}`?")
        elif advice := _decisive(written, near, place):
            if not notes.lenient:
                notes.fail(Unreadable(what, line=node.line, now=advice))
        elif number < MOST_UNKNOWN:
            notes.warn(node.line, f"{what} {f'Did you mean `{near}`?' if near else 'It has no effect.'}")
    for name in required:
        if name not in meant:
            yield Unreadable(f"{place.where} has no `{name}`.", line=place.line, now="Write it.")


def _near(written: str, table: Table, found: Mapping[str, Node]) -> str:
    """What was probably meant; a key that is there already must be very near to have been meant again."""
    known = [name for name, each in table.items() if not each.refused and not each.ignored]
    name = written[:LONGEST_KEY].lower()
    fresh = get_close_matches(name, [each for each in known if each not in found], 1)
    return next(iter(fresh or get_close_matches(name, known, 1, VERY_NEAR)), "")


def _decisive(written: str, near: str, place: Place) -> str:
    """What to do about a key that was meant to decide something; empty for one that was not."""
    if near and not place.table[near].cosmetic:
        return f"Did you mean `{near}`?"
    home = _home(written.lower(), place)
    if home:
        return f"It belongs {home}."
    closed = any(place.table is each for each in _CLOSED)
    return f"Its keys are {listed(place.table)}." if closed else ""


def _home(name: str, place: Place) -> str:
    """Where a key belongs that stands a level too high or too low; empty where none such is known."""
    if place.table is ROOT:
        return "into a source or a target" if name in _ENTRY | {"versionfilter"} else ""
    if place.table is SOURCE or place.table is TARGET:
        if name in _SPEC:
            return "into `spec`"
        return "into the `versionfilter` of `spec`" if name in FILTER else ""
    if name in _ENTRY:
        return "beside `spec`, not into it"
    below = next((each for each, known in place.table.items() if known.below and name in known.below), "")
    if below:
        return f"into `{below}`"
    return "into `versionfilter`" if name in FILTER and "versionfilter" in place.table else ""


def _deciding(*tables: Table) -> frozenset[str]:
    return frozenset(
        name for table in tables for name, each in table.items() if not (each.cosmetic or each.refused or each.ignored)
    )


_ENTRY = _deciding(SOURCE, TARGET)
_SPECS = (YAML_TARGET, *(kind.fields for kind in KINDS.values()))
_SPEC = _deciding(*_SPECS) - {"name"}
_CLOSED = (FILTER, *(each.below for table in (FILTER, *_SPECS) for each in table.values() if each.below))
"""Levels of which every key decides."""


def listed(names: Iterable[str]) -> str:
    """*names* as code, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def lower(where: str) -> str:
    """*where* within a sentence."""
    return where[0].lower() + where[1:]
