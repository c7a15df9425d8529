"""Where a value stands when a reader finds it through aliases and merges."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.targets.yaml import step as yaml_step
from profile_cd.targets.yaml.tree import Node


def where(roots: Sequence[Node], node: Node) -> str:
    """The plain path of *node*, physically."""
    for root in roots:
        names = _way(root, node)
        if names is not None:
            return yaml_step.written(names)
    return "$"


def _way(root: Node, node: Node) -> list[str] | None:
    waiting: list[tuple[Node, list[str]]] = [(root, [])]
    while waiting:
        here, names = waiting.pop()
        if here is node:
            return names
        if here.kind == "mapping":
            waiting += [(here.children[at + 1], [*names, name.value]) for at, name in here.names()]
        else:
            waiting += [(child, [*names, f"[{at}]"]) for at, child in enumerate(here.children)]
    return None


def target(node: Node) -> Node:
    """What an alias stands for, or the node itself."""
    return node.target if node.target is not None else node


def followed(node: Node) -> Node:
    """*node* as a reader sees it: an alias is its target, and a mapping has what is merged into it."""
    shown = target(node)
    if shown.kind != "mapping":
        return shown
    children: list[Node] = []
    known: set[str] = set()
    for mapping in _merged(shown):
        fresh = [(at, name.value) for at, name in mapping.names() if name.value not in known]
        known |= {name for _, name in fresh}
        children += [each for at, _ in fresh for each in mapping.children[at : at + 2]]
    return Node("mapping", shown.line, shown.start, shown.end, children=children)


def _merged(node: Node) -> list[Node]:
    """*node* and every mapping that is merged into it, once each, the strongest first."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        mapping = waiting.pop()
        if mapping.kind != "mapping" or mapping in found:
            continue
        found.append(mapping)
        for at, name in mapping.names():
            if name.value == "<<" and not name.style:
                value = target(mapping.children[at + 1])
                waiting += reversed([target(one) for one in value.children] if value.kind == "sequence" else [value])
    return found
