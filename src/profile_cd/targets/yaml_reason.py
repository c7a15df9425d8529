"""Why a key cannot be read or written: how far it got, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml_path
from profile_cd.targets.yaml_match import Match, find
from profile_cd.targets.yaml_path import Deep, Named, Step
from profile_cd.targets.yaml_tree import Node, descendants

SHOWN = 5
_KINDS = {
    "mapping": "a mapping",
    "sequence": "a sequence",
    "scalar": "a scalar and has nothing below it",
    "alias": "an alias",
}
_BLOCKS = {"|": "a block scalar (|)", ">": "a folded block scalar (>)"}


def unfit(roots: Sequence[Node], key: str, match: Match) -> EditRefused | None:
    """Why *match* holds no single text in place; None where it does."""
    node = match.node
    doubled = next((name for name in _doubled(match)), None)
    if doubled is not None:
        return EditRefused(
            f"The key `{key}` is ambiguous: `{doubled}` is there twice in one mapping (line {node.line}).",
            probably="YAML does not allow that, and readers differ in which of the two they take.",
            now="Delete one of them.",
        )
    if node.kind == "alias":
        return _alias(roots, key, node)
    if node.kind != "scalar":
        return EditRefused(
            f"The key `{key}` addresses {_KINDS[node.kind]} (line {node.line}), not a single value.",
            now=f"Address one value in it{_first_below(roots, node)}.",
        )
    if node.style in _BLOCKS:
        return EditRefused(
            f"The key `{key}` addresses {_BLOCKS[node.style]} (line {node.line}): "
            "its header and its lines would have to change.",
            now="Write the value on one line, in quotes if need be.",
        )
    if node.start == node.end:
        return EditRefused(
            f"The key `{key}` addresses an empty value (line {node.line}): there are no characters to replace.",
            now="Write a first value there, an empty text in quotes at least.",
        )
    return None


def nothing(roots: Sequence[Node], key: str, steps: tuple[Step, ...]) -> EditRefused:
    """Why *steps* find nothing under any of *roots*."""
    if not roots:
        return EditRefused(
            f"The key `{key}` matches nothing: the file is empty or holds only comments.",
            now="Check the manifest's `file`.",
        )
    there = _through_aliases(roots, steps)
    if there:
        return EditRefused(
            f"The key `{key}` is there only through an alias or a merge (`<<`), and those are not followed; "
            f"the scalar stands at {_places(roots, there)}.",
            now="Write that place into the manifest's `key`.",
        )
    reached, rest = _furthest(roots, steps)
    path = "".join(step.text for step in steps[: len(steps) - len(rest)])
    here, step = f"${path}", rest[0]
    return EditRefused(
        f"The key `{key}` matches nothing: `{here}` is there "
        f"({'; '.join(dict.fromkeys(_state(node, step) for node in reached))}).",
        probably=_meant(here, reached, rest),
        now="Correct the manifest's `key`, or the file if the value is missing from it.",
    )


def where(roots: Sequence[Node], node: Node) -> str:
    """The plain path of *node*, physically."""
    for root in roots:
        names = _way(root, node)
        if names is not None:
            return yaml_path.written(names)
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


def _doubled(match: Match) -> Iterator[str]:
    for parent, at in match.trail:
        if parent.kind == "mapping":
            name = parent.children[at - 1]
            same = [key for _, key in parent.names() if key.kind == "scalar" and key.value == name.value]
            if name.kind == "scalar" and len(same) > 1:
                yield name.value


def _alias(roots: Sequence[Node], key: str, node: Node) -> EditRefused:
    place = where(roots, node.target) if node.target else "its anchor"
    return EditRefused(
        f"The key `{key}` addresses an alias (`*{node.value}`, line {node.line}), which has no value of its own; "
        f"the value stands at `{place}`.",
        now="Write that place into the manifest's `key`; everything that uses the anchor changes with it.",
    )


def _first_below(roots: Sequence[Node], node: Node) -> str:
    texts = (one for one in descendants(node) if one.kind == "scalar" and one.start < one.end)
    found = next((one for one in texts if _way(node, one) is not None), None)
    return f", like `{where(roots, found)}`" if found else ""


def _through_aliases(roots: Sequence[Node], steps: tuple[Step, ...]) -> list[Node]:
    if any(isinstance(step, Deep) for step in steps):
        return []
    return [match.node for root in roots for match in find(root, steps, followed)]


def followed(node: Node) -> Node:
    """*node* as a reader sees it: an alias is its target, and a mapping has what is merged into it."""
    return _merged(_target(node), ())


def _target(node: Node) -> Node:
    return node.target if node.target is not None else node


def _merged(node: Node, within: tuple[Node, ...]) -> Node:
    if node.kind != "mapping" or node in within:
        return node
    own = {name.value for _, name in node.names()}
    children = list(node.children)
    for at, name in node.names():
        if name.value == "<<" and not name.style:
            value = _target(node.children[at + 1])
            sources = value.children if value.kind == "sequence" else [value]
            for source in map(_target, sources):
                shown = _merged(source, (*within, node))
                fresh = [(i, k) for i, k in shown.names() if k.value not in own] if shown.kind == "mapping" else []
                own |= {k.value for _, k in fresh}
                children += [each for i, _ in fresh for each in shown.children[i : i + 2]]
    return Node("mapping", node.line, node.start, node.end, children=children)


def _places(roots: Sequence[Node], nodes: Sequence[Node]) -> str:
    shown = [f"`{where(roots, _target(node))}` (line {_target(node).line})" for node in nodes[:3]]
    return " and ".join(shown)


def _furthest(roots: Sequence[Node], steps: tuple[Step, ...]) -> tuple[list[Node], tuple[Step, ...]]:
    for count in range(len(steps) - 1, 0, -1):
        reached = [match.node for root in roots for match in find(root, steps[:count])]
        if reached:
            return reached, steps[count:]
    return list(roots), steps


def _state(node: Node, step: Step) -> str:
    if isinstance(step, Named) and node.kind == "mapping":
        return "a mapping, but without " + " or ".join(f"`{name}`" for name in step.names)
    return f"{_KINDS[node.kind]}, but `{step.text}` finds nothing in it"


def _meant(here: str, reached: Sequence[Node], rest: tuple[Step, ...]) -> str:
    names = [key.value for node in reached if node.kind == "mapping" for _, key in node.names()]
    wanted = rest[0]
    if not isinstance(wanted, Named) or not names:
        return ""
    dotted = [name for name in names if name in _joined(rest)]
    near = dotted or get_close_matches(wanted.names[0], names, n=1, cutoff=0.6)
    if not near:
        return f"It has {_listed(names)}."
    return f"Did you mean `{here}{yaml_path.step(near[0])}`?"


def _joined(steps: tuple[Step, ...]) -> set[str]:
    """What a name with dots in it would be, had it been split at them."""
    parts: list[str] = []
    joined: set[str] = set()
    for step in steps:
        if not isinstance(step, Named):
            break
        parts.append(step.names[0])
        joined.add(".".join(parts))
    return joined


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:SHOWN])
    return shown + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
