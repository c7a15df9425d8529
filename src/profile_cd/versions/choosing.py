"""Candidates and a condition → Choice; a condition → what a person should know of it."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.neutral import quoted
from profile_cd.versions import lint
from profile_cd.versions.choice import Choice, Verdict
from profile_cd.versions.condition import Condition
from profile_cd.versions.order import Order
from profile_cd.versions.verdicts import ABOVE, NO_MATCH, NOT_A_VERSION, OLDER, PICKED

_SHOWN = 3


def check(condition: Condition) -> list[str]:
    """What a person should know of a condition, in sentences, before anything is asked."""
    return [*lint.unused(condition), *lint.warnings(condition)]


def choose(candidates: Sequence[str], condition: Condition, order: Order = Order.NONE) -> Choice:
    """Pick the newest of *candidates* that *condition* takes, in the source's own spelling, with a verdict on each.

    *candidates* come as their source delivers them, in *order*. A verdict is `taken` where the condition takes the
    version, picked or not. Nothing that a source lists raises anything.
    """
    return _settled(condition.filter.judge(candidates, order), condition)


def _settled(judged: Sequence[tuple[str, str]], condition: Condition) -> Choice:
    """Pick the first of *judged*, pairs of a version and why it is not taken (empty where it is), newest first."""
    first = next((index for index, (_, reason) in enumerate(judged) if not reason), -1)
    verdicts = tuple(Verdict(text, not reason, reason or OLDER) for text, reason in judged)
    if first < 0:
        return Choice(None, verdicts, _nothing(judged, condition))
    picked = judged[first][0]
    return Choice(picked, (*verdicts[:first], Verdict(picked, taken=True, reason=PICKED), *verdicts[first + 1 :]))


def _nothing(judged: Sequence[tuple[str, str]], condition: Condition) -> str:
    pattern = condition.pattern or condition.regex or "*"
    seen = [(text, reason) for text, reason in judged if reason not in {NOT_A_VERSION, NO_MATCH}]
    what = f"Nothing satisfies {condition.kind} {quoted(pattern)}"
    if not judged:
        return f"{what}: the source lists no versions at all. Look whether its name is right."
    if not seen:
        examples = ", ".join(quoted(text) for text, _ in judged[:_SHOWN])
        why = "matches the regular expression" if NO_MATCH in {reason for _, reason in judged} else "is a version"
        return (
            f"{what}: none of the {len(judged)} tags {why} (for example {examples}). Compare the tags with the filter."
        )
    newest, reason = seen[0]
    nearest = [f"{quoted(text)} ({why})" for text, why in _nearest(seen) if text != newest]
    others = f" Nearest: {', '.join(nearest)}." if nearest else ""
    return f"{what}: the newest version is {quoted(newest)} ({reason}).{others} Wait for one, or widen the pattern."


def _nearest(seen: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rejects that a slightly other condition would take: per reason the newest, above the range the oldest."""
    found: dict[str, tuple[str, str]] = {}
    for text, reason in seen:
        if reason == ABOVE:
            found[reason] = (text, reason)
        else:
            found.setdefault(reason, (text, reason))
    return list(found.values())[:_SHOWN]
