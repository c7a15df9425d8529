"""A yaml target: reads and writes single values of a YAML text and leaves every other character alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from profile_cd.errors import EditRefused
from profile_cd.targets.shape import same_shape, shape
from profile_cd.targets.yaml import match as yaml_match
from profile_cd.targets.yaml import path as yaml_path
from profile_cd.targets.yaml import proof as yaml_proof
from profile_cd.targets.yaml import reason as yaml_reason
from profile_cd.targets.yaml import scalar as yaml_scalar
from profile_cd.targets.yaml import tree as yaml_tree
from profile_cd.targets.yaml.tree import Node

__all__ = ["Edit", "Found", "joined", "read", "same_shape", "shape", "value", "write", "write_all"]

Edit = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A value as its text, and its *line*, counted from 1; it starts *at* this character of the text."""

    value: str
    line: int
    at: int = field(default=0, compare=False)


def read(text: str, key: str, *, document: int | None = None) -> list[Found]:
    """Every value of *text* that *key* addresses, in the order in which the key leads to them.

    The key is looked up in all documents, or in one, counted from 0. Aliases and merges are not followed.
    Raises EditRefused where the text is no YAML, the key is no path, matches nothing, or leads to what
    `write` could not change: an alias, a block scalar, an empty value, a mapping, a sequence, a doubled key.
    """
    return list(_found(text, key, document))


@lru_cache(maxsize=4096)
def _found(text: str, key: str, document: int | None) -> tuple[Found, ...]:
    """The plan, its judge and the proposal ask the same of the same text: each question is worked out once."""
    return tuple(Found(node.value, node.line, node.start) for node in _located(text, key, document))


def value(text: str, key: str, *, document: int | None = None) -> str:
    """What *key* addresses as one text: its distinct values, joined by commas. Raises EditRefused as `read`."""
    return joined(read(text, key, document=document))


def joined(found: Sequence[Found]) -> str:
    """The distinct values among *found*, joined by commas."""
    return ", ".join(dict.fromkeys(each.value for each in found))


def write(text: str, key: str, value: str, *, document: int | None = None) -> str:
    """*text* with *value* wherever *key* leads, always as text, in the quotes that were there.

    A value that stands there already is left as it is spelled; without a change, *text* itself comes back.
    Raises EditRefused as `read` does, and where anything else would move.
    """
    return write_all(text, [(key, value, document)])


def write_all(text: str, edits: Sequence[Edit]) -> str:
    """*text* with all *edits* (key, value, document), each located in the text as it was.

    Raises EditRefused as `write` does, and where two edits want different values in one place.
    """
    wanted: dict[int, tuple[Node, str, str]] = {}
    for key, value, document in edits:
        yaml_scalar.check(value)
        for node in _located(text, key, document):
            _, other, by = wanted.setdefault(node.start, (node, value, key))
            if other != value:
                raise _conflict(node, (by, other), (key, value))
    changes = [(node, value) for node, value, _ in wanted.values() if node.value != value]
    if not changes:
        return text
    after = _spliced(text, sorted(changes, key=lambda change: change[0].start))
    yaml_proof.prove(text, after, {node.end: value for node, value in changes})
    return after


def _located(text: str, key: str, document: int | None) -> list[Node]:
    steps = yaml_path.parse(key)
    roots = yaml_tree.documents(text)
    chosen = roots if document is None else _one(roots, document)
    matches = [match for root in chosen for match in yaml_match.find(root, steps)]
    if not matches:
        raise yaml_reason.nothing(chosen, key, steps)
    for match in matches:
        refusal = yaml_reason.unfit(chosen, key, match)
        if refusal:
            raise refusal
    return [match.node for match in matches]


def _one(roots: tuple[Node, ...], document: int) -> tuple[Node, ...]:
    if not 0 <= document < len(roots):
        raise EditRefused(
            f"The file has no document {document}: it holds {len(roots)}, counted from 0.",
            now="Correct the manifest's `documentindex`, or leave it out.",
        )
    return (roots[document],)


def _spliced(text: str, changes: Sequence[tuple[Node, str]]) -> str:
    for node, value in reversed(changes):
        scalar = yaml_scalar.spell(value, node.style, flow=node.flow, tag=node.tag)
        text = text[: node.start] + scalar + text[node.end :]
    return text


def _conflict(node: Node, one: tuple[str, str], other: tuple[str, str]) -> EditRefused:
    return EditRefused(
        f"Two edits want different values on line {node.line}: "
        f"`{one[0]}` wants `{one[1]}`, `{other[0]}` wants `{other[1]}`.",
        probably="Probably two manifests track the same value.",
        now="Leave the value to one of them.",
    )
