"""What a change of a text replaces, compared with another such change: in one pass, however large the text is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Lines = Sequence[bytes]
Hunk = tuple[tuple[bytes, ...], tuple[bytes, ...]]
NEAR = 1
"""Git merges two changes of a file where at least one line between them stays as it is."""


def hunks(before: bytes, after: bytes, near: int = 0) -> list[Hunk]:
    """Each run of lines that *after* has instead of others of *before*, with those, and *near* lines around it.

    Where the number of lines differs, all between the first and the last difference counts as one run.
    """
    old, new = before.split(b"\n"), after.split(b"\n")
    spans = _same_length(old, new) if len(old) == len(new) else _whole(old, new)
    return [
        (tuple(old[max(start - near, 0) : end + near]), tuple(new[max(first - near, 0) : last + near]))
        for start, end, first, last in spans
    ]


def _same_length(old: Lines, new: Lines) -> Iterator[tuple[int, int, int, int]]:
    start = None
    for number, (one, other) in enumerate(zip(old, new, strict=True)):
        if one != other and start is None:
            start = number
        if one == other and start is not None:
            yield start, number, start, number
            start = None
    if start is not None:
        yield start, len(old), start, len(new)


def _whole(old: Lines, new: Lines) -> Iterator[tuple[int, int, int, int]]:
    shorter = min(len(old), len(new))
    first = next((number for number in range(shorter) if old[number] != new[number]), shorter)
    behind = next((count for count in range(shorter - first) if old[-1 - count] != new[-1 - count]), shorter - first)
    yield first, len(old) - behind, first, len(new) - behind


def brings_only(ours: tuple[bytes, bytes], merged: tuple[bytes, bytes]) -> bool:
    """Whether a merge changes nothing of its base but what our commit changed of its own: nobody added anything.

    Both are texts before and after: of our commit, and of the merge compared with the base that was merged.
    """
    known = set(hunks(*ours))
    return all(hunk in known for hunk in hunks(*merged))
