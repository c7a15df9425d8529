"""A yaml target: reads and writes single values of a YAML text and leaves every other character alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import path, proof, reason, scalar, tree
from profile_cd.targets.yaml.match import find
from profile_cd.targets.yaml.prune import Splice
from profile_cd.targets.yaml.tree import Node

Edit = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A value as its text, and its *line*, counted from 1; it starts *at* this character of the text."""

    value: str
    line: int
    at: int = field(default=0, compare=False)


def check(text: str) -> None:
    """Raise EditRefused where *text* is no YAML at all, whatever is asked of it."""
    tree.documents(text)


def read(text: str, key: str, *, document: int | None = None) -> list[Found]:
    """Every value of *text* that *key* addresses, in the order in which the key leads to them.

    The key is looked up in all documents, or in one, counted from 0. Aliases and merges are not followed.
    Raises EditRefused where the text is no YAML, the key is no path, matches nothing, or leads to what
    `write` could not change: an alias, a block scalar, an empty value, a mapping, a sequence, a doubled key.
    """
    return [Found(node.value, node.line, node.start) for node in _located(text, key, document)]


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
    """*text* with all *edits* (key, value, document), each located in the text as it was; proved once for all.

    Raises EditRefused as `write` does, and where two edits want different values in one place.
    """
    splices = _splices(text, edits)
    return proof.prove(text, tree.documents(text), splices) if splices else text


def lines(text: str, edits: Sequence[Edit]) -> set[int]:
    """The lines of *text*, counted from 0 by their line feeds, that *edits* would change; all where their number
    changes. Raises EditRefused as `write_all`, but proves nothing.
    """
    found: set[int] = set()
    for each in _splices(text, edits):
        first = text.count("\n", 0, each.start)
        several = "\n" in text[each.start : each.end]
        found |= set(range(text.count("\n") + 1)) if several else {first}
    return found


def _splices(text: str, edits: Sequence[Edit]) -> list[Splice]:
    wanted: dict[int, tuple[Node, str, str]] = {}
    for key, new, document in edits:
        scalar.check(new)
        for node in _located(text, key, document):
            # By place and not by key: two keys may lead to one value, by a filter, a wildcard or another spelling.
            _, other, by = wanted.setdefault(node.start, (node, new, key))
            if other != new:
                raise _conflict(node, (by, other), (key, new))
    # What stands there already is left as it is spelled: else a run with nothing new would change quotes.
    changes = sorted(wanted.items())
    return [
        Splice(start, node.end, scalar.spell(new, node.style, flow=node.flow, tag=node.tag), new)
        for start, (node, new, _) in changes
        if node.value != new
    ]


def _located(text: str, key: str, document: int | None) -> list[Node]:
    steps = path.parse(key)
    roots = tree.documents(text)
    chosen = roots if document is None else _one(roots, document)
    matches = [match for root in chosen for match in find(root, steps)]
    if not matches:
        raise reason.nothing(chosen, key, steps)
    for match in matches:
        refusal = reason.unfit(chosen, key, match)
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


def _conflict(node: Node, one: tuple[str, str], other: tuple[str, str]) -> EditRefused:
    return EditRefused(
        f"Two edits want different values on line {node.line}: "
        f"`{one[0]}` wants `{one[1]}`, `{other[0]}` wants `{other[1]}`.",
        probably="Probably two manifests track the same value.",
        now="Leave the value to one of them.",
    )
