"""The proof that an edit changed what it was to change and nothing else, by two parsers.

libyaml reads the whole text, as most of what deploys does: every event but those of the values that were to change
must be the same, and stand where the edit has moved it to. ruamel.yaml reads by YAML 1.2 and takes some 8 µs for a
character: it is shown the entries around the values, and the whole text only where those cannot be cut out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import ScalarEvent

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import fault, scalar
from profile_cd.targets.yaml.prune import Splice, pruned, spliced
from profile_cd.targets.yaml.tree import BOM, Node

LARGE = 300_000
"""Characters that the slow reader takes some three seconds for."""


class Fact(NamedTuple):
    """One event of a parser. *end* counts characters; *value* is a scalar's text, with *plain* beside it."""

    event: str
    anchor: str
    tag: str
    value: str = ""
    plain: bool = False
    end: int = -1


_TABS = re.compile(r"\t[ \t]*(?=#|[\r\n]|\Z)")

Implied: TypeAlias = Callable[[str], str]


def prove(before: str, roots: Sequence[Node], splices: Sequence[Splice]) -> str:
    """*before*, whose documents are *roots*, with *splices*, which are sorted by their place.

    Raises EditRefused unless that reads as *before* with their values as text, and otherwise the same.
    """
    after = spliced(before, splices)
    _compare(_by_1_1(before), _by_1_1(after), _wanted(splices), scalar.implied_by_1_1, _moved(splices))
    part, moved = pruned(before, roots, splices)
    try:
        facts = _by_1_2(part)
    except EditRefused as error:
        if len(before) > LARGE:
            raise _refusal("a reader of YAML 1.2 cannot read what stands around the value") from error
        part, moved, facts = before, list(splices), _by_1_2(before)
    _compare(facts, _by_1_2(spliced(part, moved)), _wanted(moved), scalar.implied_by_1_2)
    return after


def _wanted(splices: Iterable[Splice]) -> dict[int, str]:
    """The values that are to be read, by where the scalars before them ended."""
    return {each.end: each.value for each in splices}


def _moved(splices: Iterable[Splice]) -> dict[int, int]:
    """By how many characters each splice moves what stands behind it, by where the scalar before it ended."""
    return {each.end: len(each.spelled) - (each.end - each.start) for each in splices}


def _compare(
    before: Iterable[Fact],
    after: Iterable[Fact],
    wanted: Mapping[int, str],
    implied: Implied,
    moved: Mapping[int, int] | None = None,
) -> None:
    met = by = 0
    for old, new in zip_longest(before, after):
        if old is None or new is None:
            raise _refusal("the file would read differently elsewhere")
        if old.event == "ScalarEvent" and old.end in wanted:
            met += 1
            by += moved[old.end] if moved else 0
            _check(old, new, wanted[old.end], implied)
        elif old[:-1] != new[:-1]:
            raise _refusal("something else than the addressed value would read differently")
        if moved is not None and old.end >= 0 and new.end != old.end + by:
            raise _refusal("characters beside the value would change")
    if met != len(wanted):
        raise _refusal("the file would read differently elsewhere")


def _check(old: Fact, new: Fact, value: str, implied: Implied) -> None:
    if (new.anchor, new.tag, new.value) != (old.anchor, old.tag, value):
        raise _refusal("the value would not read back as it was written")
    # Who merges these files reads them with PyYAML: a plain `1.20` would reach clusters as 1.2, and `012` as 10.
    implicit = new.plain and not new.tag
    if (implied(new.value) if implicit else new.tag or scalar.TEXT) != scalar.TEXT:
        raise _refusal(f"`{new.value}` would not read back as text")


def _by_1_1(text: str) -> Iterator[Fact]:
    """One by one, since a large file has some hundred thousand of them."""
    offset = len(BOM) if text.startswith(BOM) else 0
    try:
        for event in yaml.parse(text[offset:], Loader=yaml.CBaseLoader):
            yield _fact(event, offset)
    except yaml.YAMLError as error:
        raise fault.not_yaml(text, error) from error


def _by_1_2(text: str) -> list[Fact]:
    try:
        return _facts_by_1_2(text)
    except YAMLError as error:
        # A tab before a comment or a line's end is YAML, but not for this parser. The other one has proved
        # that the tabs stay; this one is given blanks in their place.
        try:
            return _facts_by_1_2(_TABS.sub(lambda tabs: " " * len(tabs[0]), text))
        except YAMLError:
            raise fault.not_yaml(text, error) from error


def _facts_by_1_2(text: str) -> list[Fact]:
    return [_fact(event, 0) for event in YAML(typ="rt", pure=True).parse(text)]


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
