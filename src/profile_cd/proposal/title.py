"""The title and the commit message of a proposal, from the changes alone (design decision 5)."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import neutral
from profile_cd.model import Change
from profile_cd.proposal import marks


def title_of(changes: Sequence[Change]) -> str:
    """`central-ledger v19.13.0 and 2 more`: the first product with its version, and how many others.

    A step to another major version is called one; where it is among the others, it is named first.
    """
    ordered = sorted(changes, key=lambda change: not change.major)
    products = list(dict.fromkeys((change.product, change.version) for change in ordered))
    first = neutral.title(" ".join(products[0]))
    first += " (major)" if ordered[0].major else ""
    return first if len(products) == 1 else f"{first} and {len(products) - 1} more"


def message_of(title: str, changes: Sequence[Change], run_url: str) -> str:
    """The commit message, with a line per change and the trailer by which our commits are known."""
    lines = [
        neutral.title(
            f"{change.product} {change.old} -> {change.new} ({change.file}){' (major)' if change.major else ''}"
        )
        for change in changes
    ]
    return "\n".join([title, "", *lines, "", marks.trailer(run_url)])
