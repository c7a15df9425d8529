"""The proof that an edit changed what it was to change and nothing else, by two parsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import ScalarEvent

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import fault as yaml_fault
from profile_cd.targets.yaml import scalar as yaml_scalar
from profile_cd.targets.yaml.tree import BOM, scalars


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a parser. *end* counts characters; *value* is a scalar's text, with *plain* beside it."""

    event: str
    anchor: str
    tag: str
    value: str = ""
    plain: bool = False
    end: int = -1


_TABS = re.compile(r"\t[ \t]*(?=#|[\r\n]|\Z)")

Implied: TypeAlias = Callable[[str], str]


def prove(before: str, after: str, wanted: Mapping[int, str]) -> None:
    """Raise EditRefused unless *after* is *before* with the *wanted* values as text, and otherwise the same.

    The keys of *wanted* are the ends of the addressed scalars in *before*, counted in characters.
    """
    readings: tuple[tuple[Callable[[str], Sequence[Fact]], Implied], ...] = (
        (_by_1_1, yaml_scalar.implied_by_1_1),
        (_by_1_2, yaml_scalar.implied_by_1_2),
    )
    for read, implied in readings:
        _compare(read(before), read(after), wanted, implied)
    _compare_outside(before, after, wanted)


def _compare(before: Sequence[Fact], after: Sequence[Fact], wanted: Mapping[int, str], implied: Implied) -> None:
    addressed = [one for one in before if one.event == "ScalarEvent" and one.end in wanted]
    if len(before) != len(after) or len(addressed) != len(wanted):
        raise _refusal("the file would read differently elsewhere")
    for old, new in zip(before, after, strict=True):
        if old.event != "ScalarEvent" or old.end not in wanted:
            if replace(old, end=new.end) != new:
                raise _refusal("something else than the addressed value would read differently")
        elif (new.anchor, new.tag, new.value) != (old.anchor, old.tag, wanted[old.end]):
            raise _refusal("the value would not read back as it was written")
        elif not _text(new, implied):
            raise _refusal(f"`{new.value}` would not read back as text")


def _text(fact: Fact, implied: Implied) -> bool:
    if fact.tag:
        return fact.tag == yaml_scalar.TEXT
    return not fact.plain or implied(fact.value) == yaml_scalar.TEXT


def _compare_outside(before: str, after: str, wanted: Mapping[int, str]) -> None:
    """All characters but those of the addressed scalars, found anew in the new text."""
    old, new = scalars(before), scalars(after)
    kept: list[tuple[str, str]] = []
    at_old = at_new = 0
    for one, other in zip(old, new, strict=True):
        if one.end in wanted and one.start < one.end:
            kept.append((before[at_old : one.start], after[at_new : other.start]))
            at_old, at_new = one.end, other.end
    kept.append((before[at_old:], after[at_new:]))
    if any(piece != same for piece, same in kept):
        raise _refusal("characters beside the value would change")


@lru_cache(maxsize=64)
def _by_1_1(text: str) -> tuple[Fact, ...]:
    offset = len(BOM) if text.startswith(BOM) else 0
    try:
        return tuple(_fact(event, offset) for event in yaml.parse(text[offset:], Loader=yaml.CBaseLoader))
    except yaml.YAMLError as error:
        raise yaml_fault.not_yaml(text, error) from error


@lru_cache(maxsize=64)
def _by_1_2(text: str) -> tuple[Fact, ...]:
    try:
        return _facts_by_1_2(text)
    except YAMLError as error:
        # A tab before a comment or a line's end is YAML, but not for this parser. The other one has proved
        # that the tabs stay; this one is given blanks in their place.
        try:
            return _facts_by_1_2(_TABS.sub(lambda tabs: " " * len(tabs[0]), text))
        except YAMLError:
            raise yaml_fault.not_yaml(text, error) from error


def _facts_by_1_2(text: str) -> tuple[Fact, ...]:
    return tuple(_fact(event, 0) for event in YAML(typ="rt", pure=True).parse(text))


def _fact(event: object, offset: int) -> Fact:
    name = type(event).__name__
    anchor, tag = getattr(event, "anchor", None) or "", str(getattr(event, "tag", None) or "")
    if not isinstance(event, yaml.ScalarEvent | ScalarEvent):
        return Fact(name, anchor, tag)
    end = getattr(event.end_mark, "index", 0) + offset
    return Fact(name, anchor, tag, event.value, not event.style, end)


def _refusal(why: str) -> EditRefused:
    return EditRefused(
        f"The edit is not made: {why}.",
        probably="Probably the value stands in a construct that only a person should touch.",
        now="Change this value by hand, or write it in a plainer form.",
    )
