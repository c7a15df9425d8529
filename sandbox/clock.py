"""A clock that a test turns by hand: waiting takes no time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class ManualClock:
    """Starts at *moment*; `sleep` only moves it on and writes down how long."""

    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.moment

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
