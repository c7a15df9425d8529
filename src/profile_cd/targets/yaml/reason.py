"""Why a key cannot be read or written: how far it got, and what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import scalar
from profile_cd.targets.yaml import step as yaml_step
from profile_cd.targets.yaml.match import Match, find
from profile_cd.targets.yaml.place import followed, target, where
from profile_cd.targets.yaml.step import Deep, Named, Step
from profile_cd.targets.yaml.tree import Node, descendants

SHOWN = 5
_KINDS = {
    "mapping": "a mapping",
    "sequence": "a sequence",
    "scalar": "a scalar, with nothing below it",
    "alias": "an alias, which is not followed",
}
_BLOCKS = {"|": "a block scalar (|)", ">": "a folded block scalar (>)"}


def unfit(roots: Sequence[Node], key: str, match: Match) -> EditRefused | None:
    """Why *match* holds no single text in place; None where it does."""
    node = match.node
    what = f"The key `{key}` (line {node.line} of the file)"
    for parent, at in match.trail:
        if parent.kind == "mapping" and len(parent.places(target(parent.children[at - 1]).value)) > 1:
            return EditRefused(
                f"{what} is ambiguous: `{parent.children[at - 1].value}` is there twice in one mapping.",
                probably="YAML does not allow that, and readers differ in which of the two they take.",
                now="Delete one of them.",
            )
    if node.kind == "alias":
        return EditRefused(
            f"{what} addresses an alias (`*{node.value}`), which has no value of its own; "
            f"the value stands at `{where(roots, target(node))}`.",
            now="Write that place into the manifest; everything that uses the anchor changes with it.",
        )
    if node.kind != "scalar":
        return EditRefused(
            f"{what} addresses {_KINDS[node.kind]}, not a single value.",
            now=f"Address one value in it{_first_below(roots, node)}.",
        )
    return _unfit_scalar(what, node)


def _unfit_scalar(what: str, node: Node) -> EditRefused | None:
    if node.style in _BLOCKS:
        return EditRefused(
            f"{what} addresses {_BLOCKS[node.style]}: its header and its lines would have to change.",
            now="Write the value on one line in the file, in quotes if need be.",
        )
    if node.start == node.end:
        return EditRefused(
            f"{what} addresses an empty value: there are no characters to replace.",
            now="Write a first value into the file by hand.",
        )
    if node.tag not in {"", scalar.TEXT}:
        return EditRefused(
            f"{what} addresses a value with the tag `{node.tag}`, so that not every reader takes it for text.",
            now="Remove the tag from the file, if a text is what belongs there.",
        )
    return None


def _first_below(roots: Sequence[Node], node: Node) -> str:
    found = next((one for one in descendants(node) if one.kind == "scalar" and one.start < one.end), None)
    return f", like `{where(roots, found)}`" if found else ""


def nothing(roots: Sequence[Node], key: str, steps: tuple[Step, ...]) -> EditRefused:
    """Why *steps* find nothing under any of *roots*."""
    if not roots:
        return EditRefused(
            f"The key `{key}` matches nothing: the file is empty or holds only comments.",
            now="Check the manifest's `file`.",
        )
    behind = [] if any(isinstance(step, Deep) for step in steps) else _seen_by_readers(roots, steps)
    if behind:
        return EditRefused(
            f"The key `{key}` is there only through an alias or a merge (`<<`), and those are not followed; "
            f"the value stands at {_places(roots, behind)}.",
            now="Write that place into the manifest; everything that uses the anchor changes with it.",
        )
    reached, rest = _furthest(roots, steps)
    here = "$" + "".join(step.text for step in steps[: len(steps) - len(rest)])
    states = "; ".join(dict.fromkeys(_state(node, rest[0]) for node in reached))
    return EditRefused(
        f"The key `{key}` matches nothing: `{here}` is there, {states}.",
        probably=_meant(here, reached, rest),
        now="Correct the key in the manifest, or the file if the value is missing from it.",
    )


def _seen_by_readers(roots: Sequence[Node], steps: tuple[Step, ...]) -> list[Node]:
    return [target(match.node) for root in roots for match in find(root, steps, followed)]


def _places(roots: Sequence[Node], nodes: Sequence[Node]) -> str:
    return " and ".join(f"`{where(roots, node)}` (line {node.line})" for node in nodes[:SHOWN])


def _furthest(roots: Sequence[Node], steps: tuple[Step, ...]) -> tuple[list[Node], tuple[Step, ...]]:
    for count in range(len(steps) - 1, 0, -1):
        reached = [match.node for root in roots for match in find(root, steps[:count])]
        if reached:
            return reached, steps[count:]
    return list(roots), steps


def _state(node: Node, step: Step) -> str:
    if isinstance(step, Named) and node.kind == "mapping":
        return "a mapping without " + " or ".join(f"`{name}`" for name in step.names)
    inside = "" if node.kind in {"scalar", "alias"} else f", in which `{step.text}` finds nothing"
    return f"{_KINDS[node.kind]}{inside}"


def _meant(here: str, reached: Sequence[Node], rest: tuple[Step, ...]) -> str:
    names = [name.value for node in reached if node.kind == "mapping" for _, name in node.names()]
    wanted = rest[0]
    if not isinstance(wanted, Named) or not names:
        return ""
    split = _joined(rest)
    near = [name for name in names if name in split] or get_close_matches(wanted.names[0], names, n=1)
    if near:
        return f"Did you mean `{here}{yaml_step.step(near[0])}`?"
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return "It has " + ", ".join(f"`{name}`" for name in names[:SHOWN]) + f"{more}."


def _joined(steps: tuple[Step, ...]) -> set[str]:
    """What a name with dots in it would be, had it been taken for several."""
    parts: list[str] = []
    joined: set[str] = set()
    for step in steps:
        if not isinstance(step, Named):
            break
        parts.append(step.names[0])
        joined.add(".".join(parts))
    return joined
