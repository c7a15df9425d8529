"""What a path finds in a tree of nodes: aliases and merges stay unfollowed unless one asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from profile_cd.targets.yaml import filter as yaml_filter
from profile_cd.targets.yaml import scalar as yaml_scalar
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


Ordered = TypeVar("Ordered", float, str)
View: TypeAlias = Callable[[Node], Node]


def as_written(node: Node) -> Node:
    """The node itself."""
    return node


def find(root: Node, steps: tuple[Step, ...], view: View = as_written) -> list[Match]:
    """Every node that *steps* lead to from *root*, each once. *view* shows a node before it is entered."""
    here = [Match(root)]
    after_deep = False
    for step in steps:
        here = _once(found for match in here for found in _take(step, match, root, view, after_deep=after_deep))
        after_deep = isinstance(step, Deep)
    return here


def _once(matches: Iterator[Match]) -> list[Match]:
    return list({id(match.node): match for match in matches}.values())


def _take(step: Step, match: Match, root: Node, view: View, *, after_deep: bool) -> Iterator[Match]:
    node = view(match.node)
    if isinstance(step, Deep):
        return _everything(match, view)
    if isinstance(step, Where) and (after_deep or node.kind != "sequence"):
        return iter([match] if holds(step.condition, node, root) else [])
    return (Match(node.children[at], (*match.trail, (node, at))) for at in _places(step, node, root))


def _places(step: Step, node: Node, root: Node) -> Iterator[int]:
    if isinstance(step, Named) and node.kind == "mapping":
        for name in step.names:
            yield from (at + 1 for at, key in node.names() if key.kind == "scalar" and key.value == name)
    elif isinstance(step, Every):
        yield from _values(node)
    elif isinstance(step, Numbered) and node.kind == "sequence":
        for each in step.ranges:
            yield from range(len(node.children))[slice(*each)]
    elif isinstance(step, Where):
        yield from (at for at in _values(node) if holds(step.condition, node.children[at], root))


def _values(node: Node) -> range:
    return range(1, len(node.children), 2) if node.kind == "mapping" else range(len(node.children))


def _everything(match: Match, view: View) -> Iterator[Match]:
    waiting = [match]
    while waiting:
        one = waiting.pop()
        yield one
        node = view(one.node)
        below = [Match(node.children[at], (*one.trail, (node, at))) for at in _values(node)]
        waiting.extend(reversed(below))


def holds(condition: Condition, node: Node, root: Node) -> bool:
    """Whether a filter takes *node*. A comparison must hold for every pair of values, and for one at least."""
    match condition:
        case Not(one):
            return not holds(one, node, root)
        case AllOf(each):
            return all(holds(one, node, root) for one in each)
        case AnyOf(each):
            return any(holds(one, node, root) for one in each)
        case Below():
            return bool(_found(condition, node, root))
        case Value(kind, text):
            return kind == "truth" and text == "true"
        case Matches(left, pattern):
            values = _meant(left, node, root)
            return bool(values) and all(_matches(value, pattern) for value in values)
        case Compare(left, operator, right):
            pairs = [(a, b) for a in _meant(left, node, root) for b in _meant(right, node, root)]
            return bool(pairs) and all(_compared(a, operator, b) for a, b in pairs)


def _found(below: Below, node: Node, root: Node) -> list[Match]:
    return find(root if below.root else node, below.steps)


def _meant(term: Term, node: Node, root: Node) -> list[Value]:
    if isinstance(term, Value):
        return [term]
    return [_value(match.node) for match in _found(term, node, root)]


def _value(node: Node) -> Value:
    if node.kind != "scalar":
        return Value("other", node.value)
    return Value(yaml_scalar.kind(node.value, plain=not node.style, tag=node.tag), node.value)


def _matches(value: Value, pattern: str) -> bool:
    expression = yaml_filter.compiled(pattern)
    return value.kind == "text" and expression is not None and expression.search(value.text) is not None


def _compared(left: Value, operator: Operator, right: Value) -> bool:
    if left.kind != right.kind or left.kind == "other":
        return operator == "!="
    if left.kind == "number":
        return _ordered(yaml_scalar.number(left.text), operator, yaml_scalar.number(right.text))
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
