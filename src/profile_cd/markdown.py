"""Parts of a page in GitHub's Markdown: as much of a list as fits into it, and what is folded away.

Whoever puts text from outside into a part has neutralised it before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, takewhile


def table(head: Sequence[str], rows: Sequence[Sequence[str]], most: int, more: str) -> list[str]:
    """A table of those first *rows* that fit into *most* bytes; *more* says where the others are.

    A last column that is empty in every row is left out.
    """
    if not any(each[-1] for each in rows):
        head, rows = head[:-1], [each[:-1] for each in rows]
    lines = [_row(head), _row(["---"] * len(head))]
    cells = [_row(each) for each in rows]
    return ["", *lines, *fitting(cells, most, lambda left: _row([f"and {left} more", more, *[""] * (len(head) - 2)]))]


def fitting(lines: Sequence[str], most: int, more: Callable[[int], str]) -> list[str]:
    """The first of *lines* that fit into *most* bytes; *more* makes a line of how many do not."""
    sizes = accumulate(len(line.encode("utf-8", "replace")) + 1 for line in lines)
    fit = len(list(takewhile(lambda size: size <= most, sizes)))
    return [*lines[:fit], more(len(lines) - fit)] if fit < len(lines) else list(lines)


def folded(title: str, lines: Sequence[str]) -> list[str]:
    """*lines* behind a *title* that opens them; nothing where there are none."""
    return ["", f"<details><summary>{title}</summary>", "", *lines, "", "</details>"] if lines else []


def counted(number: int, noun: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
