"""The `policy` of a manifest: what is held, reviewed or waited for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, cast

from profile_cd.errors import Unreadable
from profile_cd.manifest.fields import HOLD, POLICY
from profile_cd.manifest.level import Level
from profile_cd.model import NO_POLICY, Hold, Policy
from profile_cd.neutral import line as shown

_AGE = re.compile(r"([0-9]{1,4}) ?(h|d|w)")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def read(manifest: Level, sources: int) -> Policy:
    """The policy of a manifest with so many *sources*. Raises Unreadable at the line of what is wrong."""
    if not manifest.has("policy"):
        return NO_POLICY
    level = manifest.below("policy", POLICY)
    if level.has("hold") and sources > 1:
        raise Unreadable(
            "A hold in a manifest with several sources does not say which of them is held.",
            line=level.at("hold"),
            now="Put the source with its targets into a manifest of its own.",
        )
    return Policy(
        _hold(level.below("hold", HOLD)) if level.has("hold") else None,
        cast("Literal['keep', 'allow']", level.text("downgrade", "keep")),
        cast("Literal['merge', 'review']", level.text("major", "merge")),
        _age(level) if level.has("minimum-age") else None,
        cast("Literal['wait', 'allow']", level.text("on-unknown", "wait")),
    )


def _hold(level: Level) -> Hold:
    until = level.text("until")
    return Hold(level.text("version"), level.text("reason"), _day(until, level) if until else None)


def _day(text: str, level: Level) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(
            f"`until` is no day: `{shown(text, 80)}`.", line=level.at("until"), now="Write it like `2025-07-01`."
        ) from None


def _age(level: Level) -> timedelta:
    text = level.text("minimum-age")
    match = _AGE.fullmatch(text)
    if match is None:
        raise Unreadable(
            f"`minimum-age` is no time: `{shown(text, 80)}`.",
            line=level.at("minimum-age"),
            now="Write hours, days or weeks, like `12h`, `3d` or `1w`.",
        )
    return int(match[1]) * _UNITS[match[2]]
