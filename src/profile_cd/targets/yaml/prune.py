"""A YAML text without the entries that an edit does not concern, so that a slow parser can judge a large file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from profile_cd.targets.yaml.tree import Node

_DASH = re.compile(r" *- +")


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters from *start* to *end* of a text become *spelled*, which is how *value* is written there."""

    start: int
    end: int
    spelled: str
    value: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """*text* with *splices*, which are sorted and apart."""
    pieces: list[str] = []
    at = 0
    for each in splices:
        pieces += [text[at : each.start], each.spelled]
        at = each.end
    return "".join([*pieces, text[at:]])


def pruned(text: str, roots: Sequence[Node], splices: Sequence[Splice]) -> tuple[str, list[Splice]]:
    """*text* without whole entries that no splice is in, and the splices where they stand now.

    In every collection the first and the last entry stay, and what cannot be cut out cleanly. So what is left reads
    as the same collections with fewer entries, and behind each splice there is still something to be upset by it.
    """
    pieces: list[str] = []
    moved: list[Splice] = []
    at = gone = 0
    waiting = list(splices)[::-1]
    for start, end in [*_cuts(text, roots, [each.start for each in splices]), (len(text), len(text))]:
        while waiting and waiting[-1].start < start:
            each = waiting.pop()
            moved.append(Splice(each.start - gone, each.end - gone, each.spelled, each.value))
        pieces.append(text[at:start])
        at, gone = end, gone + end - start
    return "".join(pieces), moved


def _cuts(text: str, roots: Sequence[Node], wanted: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges that can be left out; *wanted* are the sorted places that must stay."""
    cuts: list[tuple[int, int]] = []
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        step = 2 if node.kind == "mapping" else 1
        begin = [(at, _beginning(text, node, node.children[at])) for at in range(step, len(node.children), step)]
        clean = [(at, place) for at, place in begin if place is not None]
        first, last = (clean[0][0], clean[-1][0]) if clean else (len(node.children), len(node.children))
        waiting += [*node.children[:first], *node.children[last:]]
        for (at, start), (until, end) in pairwise(clean):
            if _within(wanted, start, end):
                waiting += node.children[at:until]
            else:
                cuts.append((start, end))
    return sorted(cuts)


def _within(wanted: Sequence[int], start: int, end: int) -> bool:
    first = bisect_left(wanted, start)
    return first < len(wanted) and wanted[first] < end


def _beginning(text: str, parent: Node, head: Node) -> int | None:
    """Where the entry that starts with *head* can be cut off from the one before it; None where it cannot."""
    if head.anchor or head.tag or head.kind == "alias":
        return None
    if parent.flow:
        before = head.start
        while before and text[before - 1].isspace():
            before -= 1
        return head.start if text[before - 1 : before] == "," else None
    line = text.rfind("\n", 0, head.start) + 1
    prefix = text[line : head.start]
    clean = _DASH.fullmatch(prefix) if parent.kind == "sequence" else not prefix.strip(" ")
    return line if clean else None
