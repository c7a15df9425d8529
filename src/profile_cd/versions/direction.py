"""Whether a version goes up or down when another takes its place: in the condition's own order, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from profile_cd.versions.choice import Choice
from profile_cd.versions.condition import Condition


class Direction(Enum):
    """Where a value goes. UNKNOWN where the two cannot be compared: then nobody may say that it goes up."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    UNKNOWN = "unknown"


def direction(condition: Condition, choice: Choice | None, old: Iterable[str], new: str) -> Direction:
    """Where a value goes that is written for *new*, and of which each of *old* may be the version that stands.

    *choice* is what *condition* makes of the source's list, None where there was none: where the newest is found by
    its position in the list, so is this, as long as the list still holds both. UNKNOWN where *old* is empty, or its
    versions do not agree.
    """
    compared = {_compared(condition, choice, each, new) for each in old} - {None}
    if not compared or len(compared - {0}) > 1:
        return Direction.UNKNOWN
    found = next(iter(compared - {0}), 0)
    return Direction.SAME if not found else Direction.UP if found < 0 else Direction.DOWN


def _compared(condition: Condition, choice: Choice | None, one: str, other: str) -> int | None:
    if one == other:
        return 0
    if choice is not None and choice.by_position:
        places = {verdict.version: -place for place, verdict in enumerate(choice.verdicts)}
        if one in places and other in places:
            return 1 if places[one] > places[other] else -1
    return condition.filter.compare(one, other)
