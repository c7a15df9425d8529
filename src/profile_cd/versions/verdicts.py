"""The words for why a version is not taken, and how judged candidates become a Choice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from profile_cd import neutral
from profile_cd.model import Choice, Condition, Verdict

PICKED = "the newest that the condition takes"
OLDER = "newer is taken"
BELOW = "below the range"
ABOVE = "above the range"
BETWEEN = "between the ranges"
OUTSIDE = "outside the condition"
PRERELEASE = "a prerelease, and the condition names none"
EXCLUDED = "excluded by the condition"
NOT_A_VERSION = "not a version"
NO_MATCH = "does not match the regular expression"
NOT_NAMED = "not the version that the pattern names"
_NOISE = re.compile(r"sha256-(?:[0-9a-f]{32,}|.*\.(?:sig|att|sbom))|", re.DOTALL)
_SHOWN = 3


def quoted(text: str) -> str:
    """A text from outside, in one line and short enough for a message."""
    inner = neutral.line(text, 120).replace("`", "'")
    return f"`{inner}`"


def is_noise(text: str) -> bool:
    """Whether a tag is a signature, an attestation or the like, filed among the versions by its tool."""
    return _NOISE.fullmatch(text) is not None


def settle(judged: Sequence[tuple[str, str]], condition: Condition) -> Choice:
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
