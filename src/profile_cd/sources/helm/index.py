"""The versions of some charts in a repository's `index.yaml`, without reading the other megabytes.

A scanner cuts out the lines of the charts that are wanted, and a real parser reads those. Where the text does not
look like Helm's, the parser reads all of it; its events are enough, since making objects of them takes ten times as
long. Aliases are refused: one in an index of 39 KB, made into objects, took 2.4 GB.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from profile_cd.sources.answers import MOST_LISTED, json_of, named
from profile_cd.sources.helm.scanner import MOST_CHARTS, cut

MOST_EVENTS = 3_000_000
"""Of one index, some three seconds of parsing. Read as Helm writes it, no more than the wanted charts have any."""
LARGEST_JSON = 8_000_000
"""Bytes that are made into objects at once; what is larger goes through the parser of YAML, event by event."""
LARGEST_KEPT = 2_000_000
"""Bytes of the wanted charts' lines that are kept for the links to what is new."""
BOM = b"\xef\xbb\xbf"
_BEYOND = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")
LEADING = 1000
"""Bytes in which a text in JSON shows that it is."""

Events = Iterator[Any]


@dataclass(frozen=True, slots=True)
class ChartIndex:
    """*versions* of the wanted charts that are there, in the index's order, and the names of *charts* of all.

    *text* are the wanted charts' own lines, empty where the index does not look like Helm's.
    """

    versions: Mapping[str, tuple[str, ...]]
    charts: tuple[str, ...]
    text: bytes = b""


class NoIndex(ValueError):
    """What came is no chart index."""


class TooCostly(Exception):
    """An index that would take more than it may; *why*, as a part of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(body: bytes, names: Collection[str]) -> ChartIndex:
    """The versions of the charts *names* as the text spells them: `1.10` is no number.

    Raises NoIndex, or TooCostly for one that is not read on purpose.
    """
    body = _narrow(body.removeprefix(BOM))
    if body[:LEADING].lstrip().startswith(b"{") and len(body) <= LARGEST_JSON:
        # YAML's flow style begins alike, so a failure says nothing yet.
        found = json_of(body, MOST_LISTED, spelled=True)
        if found is not None:
            return _of_objects(found, names)
    part = cut(body, names)
    if part is not None:
        with suppress(yaml.YAMLError):
            kept = part.text if len(part.text) <= LARGEST_KEPT else b""
            return ChartIndex(_of_events(_events(part.text), names).versions, part.charts, kept)
    try:
        return _of_events(_events(body), names)
    except (yaml.YAMLError, RecursionError, StopIteration, RuntimeError) as error:
        raise NoIndex(type(error).__name__) from error


def _narrow(body: bytes) -> bytes:
    """*body* without emoji and the like: a single one makes Python keep a text in four bytes a character.

    What stands for them means nothing in YAML, where a text may begin with one: `description: ? …` would be a key.
    """
    return _BEYOND.sub(b"_", body) if _BEYOND.search(body) else body


def pages(text: bytes, name: str, version: str) -> tuple[str, ...]:
    """The `sources` and the `home` of one version, in this order, out of the *text* that `read` kept."""
    entry = _entry(text, name, version)
    sources = entry.get("sources")
    found = [*(sources if isinstance(sources, list) else ()), entry.get("home")]
    return tuple(each for each in found if isinstance(each, str) and each)


def created(text: bytes, name: str, version: str) -> str:
    """When one version was put into the index (RFC 3339), out of the *text* that `read` kept; else empty."""
    found = _entry(text, name, version).get("created")
    return found if isinstance(found, str) else ""


def _entry(text: bytes, name: str, version: str) -> Mapping[str, Any]:
    try:
        listed = yaml.load(text, Loader=yaml.CBaseLoader)["entries"][name]  # noqa: S506  # it makes texts only
        found = next(each for each in listed if each["version"] == version)
    except (yaml.YAMLError, RecursionError, LookupError, TypeError, StopIteration):
        return {}
    return found if isinstance(found, dict) else {}


def _events(text: bytes) -> Events:
    """The parser's events. Raises TooCostly where there are too many."""
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        if number >= MOST_EVENTS:
            raise TooCostly(f"it has more than {MOST_EVENTS:,} parts")
        yield event


def _of_events(events: Events, names: Collection[str]) -> ChartIndex:
    root = next(event for event in events if isinstance(event, yaml.NodeEvent))
    if not isinstance(root, yaml.MappingStartEvent):
        raise NoIndex("no mapping")
    for key, value in _pairs(events):
        if key != "entries":
            _skip(events, value)
            continue
        if not isinstance(_plain(value), yaml.MappingStartEvent):
            raise NoIndex("no entries")
        found: dict[str, tuple[str, ...]] = {}
        charts: dict[str, None] = {}
        for chart, listed in _pairs(events):
            charts |= {chart: None} if len(charts) < MOST_CHARTS else {}
            if chart in names and isinstance(_plain(listed), yaml.SequenceStartEvent):
                found[chart] = tuple(_versions(events))
            else:
                _skip(events, listed)
        return ChartIndex(found, tuple(charts))
    raise NoIndex("no entries")


def _versions(events: Events) -> Iterator[str]:
    while not isinstance(event := _plain(next(events)), yaml.SequenceEndEvent):
        if not isinstance(event, yaml.MappingStartEvent):
            _skip(events, event)
            continue
        for key, value in _pairs(events):
            if key == "version" and isinstance(_plain(value), yaml.ScalarEvent):
                yield from filter(None, [named(value.value)])
            else:
                _skip(events, value)


def _pairs(events: Events) -> Iterator[tuple[str, Any]]:
    """The keys of a mapping, each with the event that begins its value; the caller consumes the rest of that."""
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        text = named(key.value) if isinstance(key, yaml.ScalarEvent) else ""
        _skip(events, key)
        yield text, next(events)


def _skip(events: Events, event: Any) -> None:  # noqa: ANN401  # PyYAML has no types
    """Consume the rest of the value that *event* begins."""
    depth = int(isinstance(event, yaml.CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _plain(event: Any) -> Any:  # noqa: ANN401  # PyYAML has no types
    if isinstance(event, yaml.AliasEvent):
        raise TooCostly("it uses an alias (`*name`) in place of a value")
    return event


def _of_objects(index: object, names: Collection[str]) -> ChartIndex:
    entries = index.get("entries") if isinstance(index, dict) else None
    if not isinstance(entries, dict):
        raise NoIndex("no entries")
    found = {}
    for name in names:
        listed = entries.get(name)
        if isinstance(listed, list):
            versions = [named(each.get("version")) for each in listed if isinstance(each, dict)]
            found[name] = tuple(filter(None, versions))
    return ChartIndex(found, tuple(islice(filter(None, map(named, entries)), MOST_CHARTS)))
