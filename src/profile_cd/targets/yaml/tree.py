"""A YAML text as trees of nodes that know where in the text they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import yaml

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import fault

BOM = "\ufeff"
DEEPEST = 200

Kind = Literal["scalar", "alias", "mapping", "sequence"]


@dataclass(slots=True, eq=False)
class Node:
    """One node. *start* and *end* count characters of the text; of a scalar they hold its value and quotes
    only, without anchor and tag. *line* counts from 1.

    *value* is a scalar's text or an alias's name; *style* is empty for a plain scalar, else its quote or
    block sign; *flow* says that it stands between brackets. *children* are the items of a sequence, or
    key, value, key, value of a mapping. *target* is what an alias stands for.
    """

    kind: Kind
    line: int
    start: int
    end: int
    value: str = ""
    style: str = ""
    anchor: str = ""
    tag: str = ""
    flow: bool = False
    children: list[Node] = field(default_factory=list)
    target: Node | None = None
    _index: dict[str, list[int]] | None = field(default=None, repr=False)

    def places(self, name: str) -> Sequence[int]:
        """Where among the children of a mapping the keys *name* stand, those of an alias included."""
        if self._index is None:
            self._index = {}
            for at, key in self.names():
                meant = key.target or key
                if meant.kind == "scalar":
                    self._index.setdefault(meant.value, []).append(at)
        return self._index.get(name, ())

    def names(self) -> Iterator[tuple[int, Node]]:
        """The keys of a mapping, each with its place among the children."""
        return ((at, self.children[at]) for at in range(0, len(self.children), 2))


@lru_cache(maxsize=2)
def documents(text: str) -> tuple[Node, ...]:
    """The root of every document in *text*. Raises EditRefused where that is not YAML.

    The last two are kept, since a file is asked for many keys in a row; the nodes of 1 MB take some 50 MB.
    """
    offset = len(BOM) if text.startswith(BOM) else 0
    body = text[offset:]
    try:
        roots, scalars = _build(yaml.parse(body, Loader=yaml.CBaseLoader), offset)
        _strip_properties(body, offset, [node for node in scalars if node.anchor or node.tag])
    except (yaml.YAMLError, UnicodeError) as error:
        raise fault.not_yaml(text, error) from error
    return tuple(roots)


def descendants(root: Node) -> Iterator[Node]:
    """*root* and every value below it, without keys, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children[1::2] if node.kind == "mapping" else node.children))


def _build(events: Iterable[yaml.Event], offset: int) -> tuple[list[Node], list[Node]]:
    """The roots, and all scalars. Not recursive, so that no file can exhaust the stack."""
    roots: list[Node] = []
    found: list[Node] = []
    open_nodes: list[Node] = []
    anchors: dict[str, Node] = {}
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            # Each document is one of its own, and so are its anchors (YAML 1.2.2, chapter 9).
            anchors = {}
        elif isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop().end = offset + _mark(event.end_mark)[0]
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event, offset, flow=bool(open_nodes) and open_nodes[-1].flow)
            (open_nodes[-1].children if open_nodes else roots).append(node)
            _name(node, anchors)
            if node.kind == "scalar":
                found.append(node)
            elif node.kind != "alias":
                open_nodes.append(node)
        if len(open_nodes) > DEEPEST:
            raise EditRefused(
                f"The file is nested more than {DEEPEST} levels deep.",
                now="Nothing in it is changed.",
            )
    return roots, found


def _node(event: yaml.NodeEvent, offset: int, *, flow: bool) -> Node:
    start, line = _mark(event.start_mark)
    node = Node(
        kind=_kind(event),
        line=line + 1,
        start=offset + start,
        end=offset + _mark(event.end_mark)[0],
        anchor=event.anchor or "",
        tag=getattr(event, "tag", None) or "",
        flow=flow,
    )
    if isinstance(event, yaml.ScalarEvent):
        node.value, node.style = event.value, event.style or ""
    elif isinstance(event, yaml.CollectionStartEvent):
        node.flow = flow or bool(event.flow_style)
    return node


def _mark(mark: object) -> tuple[int, int]:
    """Character and line, from 0."""
    return getattr(mark, "index", 0), getattr(mark, "line", 0)


def _kind(event: yaml.NodeEvent) -> Kind:
    if isinstance(event, yaml.ScalarEvent):
        return "scalar"
    if isinstance(event, yaml.MappingStartEvent):
        return "mapping"
    return "sequence" if isinstance(event, yaml.SequenceStartEvent) else "alias"


def _name(node: Node, anchors: dict[str, Node]) -> None:
    if node.kind != "alias":
        if node.anchor:
            anchors[node.anchor] = node
        return
    node.value, node.anchor = node.anchor, ""
    node.target = anchors.get(node.value)
    if node.target is None:
        raise fault.invalid(node.line, f"the alias *{node.value} has no anchor before it")


# libyaml starts the event of `&x v1` at its anchor, and an edit must leave that alone; its tokens start at the scalar.
def _strip_properties(body: str, offset: int, decorated: list[Node]) -> None:
    """A node's span starts at its anchor or tag, a token's does not."""
    if not decorated:
        return
    tokens = yaml.scan(body, Loader=yaml.CBaseLoader)
    starts = {
        offset + token.end_mark.index: (offset + token.start_mark.index, token.start_mark.line + 1)
        for token in tokens
        if isinstance(token, yaml.ScalarToken)
    }
    for node in decorated:
        node.start, node.line = starts.get(node.end, (node.end, node.line))
