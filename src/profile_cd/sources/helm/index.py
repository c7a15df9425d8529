"""The versions of some charts in a repository's `index.yaml`, without reading the other megabytes.

`helm repo index` writes block style: `entries:` at the margin, below it a key for each chart. A scanner cuts out
the lines of the charts that are wanted, and a real parser reads those. Where the text does not look like that, the
parser reads all of it; its events are enough, since making objects of them takes ten times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml

_ENTRIES = re.compile(r"^entries:[ ]*\r?$", re.MULTILINE)
_AT_THE_MARGIN = re.compile(r"^[^\s#]", re.MULTILINE)
_FIRST_KEY = re.compile(r"\r?\n([ ]+)[^\s#-]")
_REFERENCE = re.compile(r"[\s\[{,][&*][^\s&*]")

Events = Iterator[Any]


@dataclass(frozen=True, slots=True)
class ChartIndex:
    """*versions* of the wanted charts that are there, in the index's order, and the names of *charts* of all."""

    versions: Mapping[str, tuple[str, ...]]
    charts: tuple[str, ...]


class NoIndex(ValueError):
    """What came is no chart index."""


def read(text: str, names: Collection[str]) -> ChartIndex:
    """The versions of the charts *names* as the text spells them: `1.10` is no number. Raises NoIndex."""
    if text.lstrip().startswith("{"):
        # YAML's flow style begins alike, so a failure says nothing yet.
        with suppress(ValueError, RecursionError):
            return _of_objects(json.loads(text, parse_float=str, parse_int=str), names)
    cut = _cut(text, names)
    if cut is not None:
        with suppress(yaml.YAMLError):
            return ChartIndex(_of_text(cut[0], names).versions, cut[1])
    try:
        return _of_text(text, names)
    except (yaml.YAMLError, RecursionError, StopIteration) as error:
        raise NoIndex(type(error).__name__) from error


def pages(text: str, name: str, version: str) -> tuple[str, ...]:
    """The `sources` and the `home` of one version, in this order; nothing where the index is not in Helm's style."""
    cut = _cut(text, {name})
    if cut is None:
        return ()
    try:
        listed = yaml.load(cut[0], Loader=yaml.CBaseLoader)["entries"][name]  # noqa: S506  # it makes texts only
        entry = next(each for each in listed if each["version"] == version)
        sources = entry.get("sources")
        found = [*(sources if isinstance(sources, list) else ()), entry.get("home")]
    except (yaml.YAMLError, RecursionError, LookupError, TypeError, AttributeError, StopIteration):
        return ()
    return tuple(each for each in found if isinstance(each, str) and each)


def _cut(text: str, names: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """The lines of the wanted charts and the names of all; None where the text looks otherwise than Helm's."""
    starts = [match.end() for match in _ENTRIES.finditer(text)]
    first = _FIRST_KEY.match(text, starts[0]) if len(starts) == 1 else None
    if first is None:
        return None
    end = _AT_THE_MARGIN.search(text, starts[0])
    if end and text.startswith(("-", "."), end.start()):
        return None
    block = text[starts[0] : end.start() if end else len(text)]
    places: dict[str, int] = {}
    line = re.compile(rf"^{first[1]}(?=[^ #-])(['\"]?)([A-Za-z0-9][A-Za-z0-9._/-]*)?(\1:[ ]*\r?$)?", re.MULTILINE)
    for match in line.finditer(block):
        if not match[3] or match[2] in places:
            return None
        places[match[2]] = match.start()
    ends = dict(zip(places, [*list(places.values())[1:], len(block)], strict=True))
    part = "".join(block[places[name] : ends[name]] for name in places if name in names)
    return None if _REFERENCE.search(part) else (f"entries:\n{part}" if part else "entries: {}", tuple(places))


def _of_text(text: str, names: Collection[str]) -> ChartIndex:
    events: Events = yaml.parse(text, Loader=yaml.CBaseLoader)
    try:
        return _of_events(events, names)
    except _Aliased:
        return _of_objects(yaml.load(text, Loader=yaml.CBaseLoader), names)  # noqa: S506  # it makes texts only


class _Aliased(Exception):
    """A value that matters stands elsewhere."""


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
        charts = []
        for chart, listed in _pairs(events):
            charts.append(chart)
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
            if key == "version" and isinstance(_plain(value), yaml.ScalarEvent) and value.value:
                yield value.value
            else:
                _skip(events, value)


def _pairs(events: Events) -> Iterator[tuple[str, Any]]:
    """The keys of a mapping, each with the event that begins its value; the caller consumes the rest of that."""
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        text = key.value if isinstance(key, yaml.ScalarEvent) else ""
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
        raise _Aliased
    return event


def _of_objects(index: Any, names: Collection[str]) -> ChartIndex:  # noqa: ANN401  # JSON or YAML of an unknown shape
    entries = index.get("entries") if isinstance(index, dict) else None
    if not isinstance(entries, dict):
        raise NoIndex("no entries")
    found = {}
    for name in names:
        listed = entries.get(name)
        if isinstance(listed, list):
            versions = [each.get("version") for each in listed if isinstance(each, dict)]
            found[name] = tuple(version for version in versions if isinstance(version, str) and version)
    return ChartIndex(found, tuple(entries))
