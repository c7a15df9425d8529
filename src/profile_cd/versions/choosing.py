"""Candidates and a condition → Choice; a condition → what a person should know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd.versions import lint
from profile_cd.versions.choice import Choice, Verdict
from profile_cd.versions.condition import Condition
from profile_cd.versions.nothing import nothing
from profile_cd.versions.order import Order
from profile_cd.versions.verdicts import OLDER, PICKED


def check(condition: Condition) -> list[str]:
    """What a person should know of a condition, in sentences, before anything is asked."""
    return [*lint.unused(condition), *lint.warnings(condition)]


def choose(candidates: Sequence[str], condition: Condition, order: Order = Order.NONE) -> Choice:
    """Pick the newest of *candidates* that *condition* takes, in the source's own spelling, with a verdict on each.

    *candidates* come as their source delivers them, in *order*. A verdict is `taken` where the condition takes the
    version, picked or not. Nothing that a source lists raises anything.
    """
    judged = condition.filter.judge(candidates, order)
    return replace(_settled(judged, condition), by_position=condition.filter.positional(order))


def _settled(judged: Sequence[tuple[str, str]], condition: Condition) -> Choice:
    """Pick the first of *judged*, pairs of a version and why it is not taken (empty where it is), newest first."""
    first = next((index for index, (_, reason) in enumerate(judged) if not reason), -1)
    verdicts = tuple(Verdict(text, not reason, reason or OLDER) for text, reason in judged)
    if first < 0:
        return Choice(None, verdicts, nothing(judged, condition))
    picked = judged[first][0]
    return Choice(picked, (*verdicts[:first], Verdict(picked, taken=True, reason=PICKED), *verdicts[first + 1 :]))
