"""What a path finds in a tree of nodes: aliases and merges stay unfollowed unless one asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import filter as yaml_filter
from profile_cd.targets.yaml import scalar
from profile_cd.targets.yaml.step import (
    AllOf,
    AnyOf,
    Below,
    Compare,
    Condition,
    Deep,
    Every,
    Matches,
    Named,
    Not,
    Numbered,
    Operator,
    Step,
    Term,
    Value,
    Where,
)
from profile_cd.targets.yaml.tree import Node


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a path found; *trail* is each parent on the way with the place of its child."""

    node: Node
    trail: tuple[tuple[Node, int], ...] = ()


MOST_VISITED = 150_000
"""Nodes that one key may look at beside those of a large file, each once: some 5 µs go by at each.

`..` within a filter asks for every node once more at every node.
"""

Ordered = TypeVar("Ordered", float, str)
View: TypeAlias = Callable[[Node], Node]


def as_written(node: Node) -> Node:
    """The node itself."""
    return node


def find(root: Node, steps: tuple[Step, ...], view: View = as_written) -> list[Match]:
    """Every node that *steps* lead to from *root*, each once. *view* shows a node before it is entered.

    Raises EditRefused where that would take too long.
    """
    return _Search(root, view).find(root, steps)


class _Search:
    """What a path finds below *root*, and the paths within its filters."""

    def __init__(self, root: Node, view: View) -> None:
        self._root = root
        self._view = view
        self._left = MOST_VISITED + (root.end - root.start) // 2

    def find(self, start: Node, steps: tuple[Step, ...]) -> list[Match]:
        here = [Match(start)]
        after_deep = False
        for step in steps:
            here = self._once(found for match in here for found in self._take(step, match, after_deep=after_deep))
            after_deep = isinstance(step, Deep)
        return here

    def _once(self, matches: Iterator[Match]) -> list[Match]:
        found: dict[int, Match] = {}
        for match in matches:
            self._visit(1)
            found.setdefault(id(match.node), match)
        return list(found.values())

    def _visit(self, nodes: int) -> None:
        self._left -= nodes
        if self._left < 0:
            raise EditRefused(
                "The key looks at far more nodes than the file has.",
                probably="Probably it has `..` within a filter, which looks at everything again and again.",
                now="Write the way to the value down.",
            )

    def _take(self, step: Step, match: Match, *, after_deep: bool) -> Iterator[Match]:
        node = self._view(match.node)
        if isinstance(step, Deep):
            return self._everything(match)
        # As yaml-jsonpath v0.4.0 has it: a filter is asked of each item of a list, and of anything else itself; behind
        # `..`, which has listed the items already, of everything itself.
        if isinstance(step, Where) and (after_deep or node.kind != "sequence"):
            return iter([match] if self._holds(step.condition, node) else [])
        return (Match(node.children[at], (*match.trail, (node, at))) for at in self._places(step, node))

    def _places(self, step: Step, node: Node) -> Iterator[int]:
        if isinstance(step, Named) and node.kind == "mapping":
            for name in step.names:
                yield from (at + 1 for at in node.places(name) if node.children[at].kind == "scalar")
        elif isinstance(step, Every):
            yield from _values(node)
        elif isinstance(step, Numbered) and node.kind == "sequence":
            for each in step.ranges:
                yield from range(len(node.children))[slice(*each)]
        elif isinstance(step, Where):
            yield from (at for at in _values(node) if self._holds(step.condition, node.children[at]))

    def _everything(self, match: Match) -> Iterator[Match]:
        waiting = [match]
        while waiting:
            one = waiting.pop()
            yield one
            node = self._view(one.node)
            below = [Match(node.children[at], (*one.trail, (node, at))) for at in _values(node)]
            waiting.extend(reversed(below))

    def _holds(self, condition: Condition, node: Node) -> bool:
        """Whether a filter takes *node*. A comparison must hold for every pair of values, and for one at least."""
        self._visit(1)
        match condition:
            case Not(one):
                return not self._holds(one, node)
            case AllOf(each):
                return all(self._holds(one, node) for one in each)
            case AnyOf(each):
                return any(self._holds(one, node) for one in each)
            case Below():
                return bool(self._found(condition, node))
            case Value(kind, text):
                return kind == "truth" and text == "true"
            case Matches(left, pattern):
                values = self._meant(left, node)
                return bool(values) and all(_matches(value, pattern) for value in values)
            case Compare(left, operator, right):
                ours, theirs = self._meant(left, node), self._meant(right, node)
                self._visit(len(ours) * len(theirs))
                return bool(ours and theirs) and all(_compared(a, operator, b) for a in ours for b in theirs)

    def _found(self, below: Below, node: Node) -> list[Match]:
        # A path within a filter is read as written, whatever the view of the path around it.
        view, self._view = self._view, as_written
        try:
            return self.find(self._root if below.root else node, below.steps)
        finally:
            self._view = view

    def _meant(self, term: Term, node: Node) -> list[Value]:
        if isinstance(term, Value):
            return [term]
        return [_value(match.node) for match in self._found(term, node)]


def _values(node: Node) -> range:
    return range(1, len(node.children), 2) if node.kind == "mapping" else range(len(node.children))


def _value(node: Node) -> Value:
    if node.kind != "scalar":
        return Value("other", node.value)
    return Value(scalar.kind(node.value, plain=not node.style, tag=node.tag), node.value)


def _matches(value: Value, pattern: str) -> bool:
    expression = yaml_filter.compiled(pattern)
    return value.kind == "text" and expression is not None and expression.search(value.text) is not None


def _compared(left: Value, operator: Operator, right: Value) -> bool:
    if left.kind != right.kind or left.kind == "other":
        return operator == "!="
    if left.kind == "number":
        return _ordered(scalar.number(left.text), operator, scalar.number(right.text))
    if left.kind == "text":
        return _ordered(left.text, operator, right.text)
    same = left.kind == "nothing" or left.text.lower() == right.text.lower()
    return not same if operator == "!=" else same and "=" in operator


def _ordered(left: Ordered, operator: Operator, right: Ordered) -> bool:
    if operator == "!=":
        return left != right
    if "=" in operator and left == right:
        return True
    return left < right if "<" in operator else ">" in operator and left > right
