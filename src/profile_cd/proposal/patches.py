"""What a change of a text replaces, compared with another such change."""

from __future__ import annotations

from difflib import SequenceMatcher

Hunk = tuple[tuple[str, ...], tuple[str, ...]]


def hunks(before: str, after: str) -> list[Hunk]:
    """Each run of lines that *after* has instead of others of *before*, with those."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (tuple(old[first:last]), tuple(new[start:end]))
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
    ]


def brings_only(ours: tuple[str, str], merged: tuple[str, str]) -> bool:
    """Whether a merge changes nothing of its base but what our commit changed of its own: nobody added anything.

    Both are texts before and after: of our commit, and of the merge compared with the base that was merged.
    """
    return all(hunk in hunks(*ours) for hunk in hunks(*merged))
