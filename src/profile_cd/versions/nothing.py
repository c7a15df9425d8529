"""Why a condition takes nothing of a list, in words for the manifest's author."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.neutral import quoted
from profile_cd.versions.condition import Condition
from profile_cd.versions.verdicts import ABOVE, NO_MATCH, NOT_A_VERSION, NOT_STRICT

_SHOWN = 3
_UNREAD = {NOT_A_VERSION, NOT_STRICT, NO_MATCH}


def nothing(judged: Sequence[tuple[str, str]], condition: Condition) -> str:
    """The reason, where every one of *judged* (a version and why it is not taken, newest first) is left out."""
    what = f"Nothing satisfies {condition.kind} {quoted(condition.pattern or condition.regex or '*')}"
    seen = [(text, reason) for text, reason in judged if reason not in _UNREAD]
    if not judged:
        return f"{what}: the source lists no versions at all. Look whether its name is right."
    if not seen:
        return f"{what}: {_unread(judged)}"
    newest, reason = seen[0]
    nearest = [f"{quoted(text)} ({why})" for text, why in _nearest(seen) if text != newest]
    others = f" Nearest: {', '.join(nearest)}." if nearest else ""
    strict = f" {each}" if (each := _strict(judged)) else ""
    return (
        f"{what}: the newest version is {quoted(newest)} ({reason}).{others}{strict} "
        "Wait for one, or widen the pattern."
    )


def _unread(judged: Sequence[tuple[str, str]]) -> str:
    reasons = {reason for _, reason in judged}
    examples = ", ".join(quoted(text) for text, _ in judged[:_SHOWN])
    why = "matches the regular expression" if NO_MATCH in reasons else "is a version"
    if NOT_STRICT in reasons:
        return f"none of the {len(judged)} tags is a version as `strict` wants it. {_strict(judged)}"
    return f"none of the {len(judged)} tags {why} (for example {examples}). Compare the tags with the filter."


def _strict(judged: Sequence[tuple[str, str]]) -> str:
    left_out = [text for text, reason in judged if reason == NOT_STRICT]
    if not left_out:
        return ""
    more = f" and {len(left_out) - 1} more" if left_out[1:] else ""
    return (
        f"`strict` leaves out {quoted(left_out[0])}{more}: it takes three numbers, without `v` and without zeros in "
        "front. Delete `strict: true` to take them."
    )


def _nearest(seen: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rejects that a slightly other condition would take: per reason the newest, above the range the oldest."""
    found: dict[str, tuple[str, str]] = {}
    for text, reason in seen:
        if reason == ABOVE:
            found[reason] = (text, reason)
        else:
            found.setdefault(reason, (text, reason))
    return list(found.values())[:_SHOWN]
