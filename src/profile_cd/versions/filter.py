"""What every kind of version filter can do, once it is compiled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from profile_cd.versions.order import Order

Judged = list[tuple[str, str]]
"""Each candidate with the reason why it is not taken, empty where it is; newest first, what is no version last."""


class Filter(Protocol):
    """A compiled `versionfilter`, frozen."""

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        """A verdict on each of *candidates*, which come in *order*."""
        ...

    def positional(self, order: Order) -> bool:
        """Whether the newest is found by its position in a list that comes in *order*."""
        ...

    def compare(self, one: str, other: str) -> int | None:
        """Below 0 where *one* is older than *other*, 0 for the same version, above 0 where newer; None: unknown.

        Looks at the two texts alone, whatever a source lists.
        """
        ...


def sign(one: object, other: object) -> int:
    """How two values of one ordered type compare: -1, 0 or 1."""
    return int(one > other) - int(one < other)  # type: ignore[operator]
