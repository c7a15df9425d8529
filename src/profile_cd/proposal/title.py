"""The title and the commit message of a proposal, from the changes alone (design decision 9)."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import markdown, neutral
from profile_cd.model import Change
from profile_cd.proposal import marks

LONGEST_MESSAGE = 10_000
"""Bytes; GitHub refuses a merge whose message has more than 16,383 characters (dependabot-core#8972)."""


def title_of(changes: Sequence[Change]) -> str:
    """`central-ledger v19.13.0 and 2 more`: the first product with its version, and how many others.

    A step to another major version is called one; where it is among the others, it is named first.
    """
    ordered = sorted(changes, key=lambda change: not change.major)
    products = list(dict.fromkeys((change.product, change.version) for change in ordered))
    first = neutral.title(" ".join(products[0]))
    first += " (major)" if ordered[0].major else ""
    return first if len(products) == 1 else f"{first} and {len(products) - 1} more"


def review_title_of(changes: Sequence[Change]) -> str:
    """`Review: quoting 3.0.0 (condition changed)`: whoever sees it in a list knows that a person has to decide."""
    changed = all(change.turned is not None for change in changes)
    title = f"Review: {title_of(changes)}{' (condition changed)' if changed else ''}"
    return title.replace("(major) (", "(major, ")


def message_of(title: str, changes: Sequence[Change], run_url: str) -> str:
    """The commit message: a line per change, as many as fit, and the trailer by which our commits are known."""
    lines = [
        neutral.title(
            f"{change.product} {change.old} -> {change.new} ({change.file}){' (major)' if change.major else ''}"
        )
        for change in changes
    ]
    fit = markdown.fitting(lines, LONGEST_MESSAGE, lambda left: f"and {left} more, in the pull request")
    return "\n".join([title, "", *fit, "", marks.trailer(run_url)])
