"""Versions that a manifest leaves out by name, each with its reason: a rogue tag, a release that crashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from profile_cd.versions.filter import Filter, Judged
from profile_cd.versions.order import Order


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A version that is never taken, and why; the reason alone decides nothing."""

    version: str
    reason: str = field(compare=False)

    def names(self, text: str) -> bool:
        """Whether a candidate is meant, with or without a `v` in front."""
        return text.removeprefix("v") == self.version.removeprefix("v")


@dataclass(frozen=True, slots=True)
class Excluding:
    """A filter without the excluded versions.

    A tag published by mistake outranked its channel once (`snapshot.100`, `9c5f02b`), and only a narrower range
    helped, which had to be taken back later.
    """

    rest: Filter
    exclusions: tuple[Exclusion, ...]

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        return [(text, reason or self._left_out(text)) for text, reason in self.rest.judge(candidates, order)]

    def _left_out(self, text: str) -> str:
        found = next((each for each in self.exclusions if each.names(text)), None)
        return f"excluded by the manifest: {found.reason}" if found is not None else ""

    def positional(self, order: Order) -> bool:
        return self.rest.positional(order)

    def compare(self, one: str, other: str) -> int | None:
        return self.rest.compare(one, other)


def without_exclusions(compiled: Filter) -> Filter:
    """The filter itself, whatever is left out by name."""
    return compiled.rest if isinstance(compiled, Excluding) else compiled
