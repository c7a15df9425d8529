"""Text of a manifest file → the nodes of its documents, each with its line and its type as YAML 1.2 sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, Literal

import yaml

from profile_cd.errors import Unreadable
from profile_cd.manifest import yaml_fault
from profile_cd.manifest.template import OPEN, Filled
from profile_cd.manifest.template_actions import Value
from profile_cd.neutral import line as shown

Kind = Literal["text", "number", "flag", "date", "nothing", "list", "mapping"]

MOST_DOCUMENTS = 200
MOST_NODES = 20_000
DEEPEST = 40
_TAGS: dict[str, Kind] = {"int": "number", "float": "number", "bool": "flag", "null": "nothing", "timestamp": "date"}
_PREFIX = "tag:yaml.org,2002:"
_MARKER = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_NOTHING_BUT_COMMENTS = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*(?:[ \t]*#[^\n]*|[ \t]*)")

# The plain scalars that go.yaml.in/yaml v3, which is updatecli's, takes for something other than text: YAML 1.2 with
# leftovers of 1.1 (`resolve.go` there). Only with these types is `pattern: 1.2` the error that it is to updatecli.
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0o[0-7_]+|0b[01_]+|0x[0-9a-fA-F_]+)", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9:.]+\S*)?", "0123456789"),
    ("merge", r"<<", "<"),
)


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """libyaml's parser, of which updatecli's is a translation, with the types of `_PLAIN`."""


for _tag, _expression, _first in _PLAIN:
    _Loader.add_implicit_resolver(_PREFIX + _tag, re.compile(f"(?:{_expression})\\Z"), [*_first])
_Loader.add_implicit_resolver(_PREFIX + "null", re.compile(r"\Z"), [""])


@dataclass(slots=True)
class Node:
    """A value at *line* of its file: that of its key, where it has one.

    *text* is a scalar's own spelling, whatever its *kind*. *values* are what templates put into it.
    """

    kind: Kind
    line: int
    text: str = ""
    block: bool = False
    values: tuple[Value, ...] = ()
    parts: list[str | Value] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)

    @property
    def unset(self) -> frozenset[str]:
        """The variables that nobody knows here and without which this scalar cannot be known."""
        return frozenset().union(*(value.unset for value in self.values))


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its text, and how many lines stand before it."""

    text: str
    before: int

    @property
    def end(self) -> int:
        """How many lines stand before whatever follows it."""
        return self.before + self.text.count("\n")


def split(text: str) -> list[Document]:
    """*text* cut where YAML separates documents, so that one broken document does not hide the others."""
    cuts = [0, *(each.start() for each in islice(_MARKER.finditer(text), MOST_DOCUMENTS)), len(text)]
    found, before = [], 0
    for start, end in pairwise(cuts):
        marker = _MARKER.match(text, start)
        # The marker becomes blanks, so that what follows it on its line keeps its column.
        piece = "   " + text[start + 3 : end] if marker else text[start:end]
        if not _NOTHING_BUT_COMMENTS.fullmatch(piece):
            found.append(Document(piece, before))
        before += piece.count("\n")
    return found


def compose(document: Document, filled: Filled) -> Node | None:
    """The root of *document*, whose templates *filled* has, or None where nothing but comments is left.

    Raises Unreadable. All lines are those of the text before templating.
    """
    try:
        root = yaml.compose(filled.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        what = yaml_fault.what(error, filled.text)
        raise Unreadable(
            what.what, line=_line(filled, document, what.index), probably=what.probably, now=what.now
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unreadable(
            "This is no YAML text.", line=_line(filled, document, 0), probably=type(error).__name__ + "."
        ) from error
    return None if root is None else _Conversion(document, filled).node(root, None, 0)


def _line(filled: Filled, document: Document, index: int) -> int:
    return document.before + filled.lines[min(index, len(filled.lines) - 1)]


class _Conversion:
    def __init__(self, document: Document, filled: Filled) -> None:
        self._document = document
        self._filled = filled
        self._count = 0

    def node(self, raw: Any, line: int | None, depth: int) -> Node:  # noqa: ANN401 - PyYAML ships no types
        here = _line(self._filled, self._document, raw.start_mark.line)
        line = line or here
        self._count_one(line, depth)
        if isinstance(raw, yaml.ScalarNode):
            return self._scalar(raw, line)
        if isinstance(raw, yaml.SequenceNode):
            return Node("list", line, items=[self.node(each, None, depth + 1) for each in raw.value])
        return Node("mapping", line, fields=self._fields(raw, depth))

    def _scalar(self, raw: Any, line: int) -> Node:  # noqa: ANN401
        if raw.tag.startswith("!") and raw.tag != "!":
            raise Unreadable(f"`{raw.tag}` is a tag in YAML, not a value.", line=line, now=f"Quote it: `'{raw.tag}'`.")
        kind = _TAGS.get(raw.tag.removeprefix(_PREFIX), "text")
        block = raw.style in ("|", ">")
        if not self._filled.values or OPEN not in raw.value:
            return Node(kind, line, raw.value, block)
        # A quoted scalar can spell the sign as an escape, which no look at the text finds: that is no mark of ours.
        if raw.value.count(OPEN) != self._filled.text.count(OPEN, raw.start_mark.index, raw.end_mark.index):
            raise Unreadable("The character U+E000 cannot stand in a manifest.", line=line, now="Delete it.")
        parts = self._filled.parts(raw.value)
        values = tuple(part for part in parts if isinstance(part, Value))
        text = "".join(part if isinstance(part, str) else part.text for part in parts)
        return Node(kind, line, text, block, values, parts)

    def _count_one(self, line: int, depth: int) -> None:
        self._count += 1
        if self._count > MOST_NODES or depth > DEEPEST:
            raise Unreadable("The manifest is too large or too deeply nested.", line=line, now="Cut it in two.")

    def _fields(self, raw: Any, depth: int) -> dict[str, Node]:  # noqa: ANN401
        # Counted for itself: mappings that are merged into mappings that are merged are no nodes of their own.
        self._count_one(_line(self._filled, self._document, raw.start_mark.line), 0)
        found: dict[str, Node] = {}
        merged: list[Any] = []
        for key, value in raw.value:
            line = _line(self._filled, self._document, key.start_mark.line)
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable("A key must be a single word.", line=line, probably="Perhaps a quote is missing.")
            if key.tag == _PREFIX + "merge":
                merged.append((value, line))
                continue
            name = self._scalar(key, line).text
            if name in found:
                raise Unreadable(
                    f"The key `{shown(name, 80)}` stands here a second time; it stood at line {found[name].line}.",
                    line=line,
                    now="Keep one of them.",
                )
            found[name] = self.node(value, line, depth + 1)
        for value, line in merged:
            for each in self._merged(value, line, depth):
                for name, node in self._fields(each, depth + 1).items():
                    found.setdefault(name, node)
        return found

    def _merged(self, value: Any, line: int, depth: int) -> Iterator[Any]:  # noqa: ANN401
        for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            if not isinstance(each, yaml.MappingNode) or depth > DEEPEST:
                raise Unreadable("`<<` can only merge mappings.", line=line, now="Name the anchor of a mapping.")
            yield each
