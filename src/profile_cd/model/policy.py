"""What a manifest wants of the judge, beside its condition: its `policy`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Hold:
    """A version that a person holds a manifest at, for a *reason*, until the end of a day (UTC) or for good."""

    version: str
    reason: str
    until: date | None = None
    line: int = 1

    def holds(self, now: datetime) -> bool:
        """Whether it still holds at *now*, which is in UTC."""
        return self.until is None or now.date() <= self.until


@dataclass(frozen=True, slots=True)
class Policy:
    """What a manifest wants of the judge, beside its condition: it is no part of the manifest's meaning."""

    hold: Hold | None = None
    downgrade: Literal["keep", "allow"] = "keep"
    major: Literal["merge", "review"] = "merge"
    minimum_age: timedelta | None = None
    on_unknown: Literal["wait", "allow"] = "wait"


NO_POLICY = Policy()
