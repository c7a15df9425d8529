"""How long to wait for a host, how often to ask again, and how to say that it does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from profile_cd.errors import Unreachable
from profile_cd.protocols import Clock

TRIES = 3
PASSING = frozenset({408, 429, 500, 502, 503, 504, 522})
"""Statuses that another try may change."""
OUTAGE = frozenset({502, 503, 504, 522})
"""Statuses that speak of the host and not of the question."""
LONGEST_WAIT = 20.0
"""Seconds that one Retry-After may ask for; who wants more is not asked again."""


class Stopwatch:
    """Runs while at least one thread is inside `running`: what a run does between its questions is not counted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._inside = 0
        self._since = 0.0
        self._before = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time inside."""
        with self._lock:
            if not self._inside:
                self._since = self._clock.monotonic()
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if not self._inside:
                    self._before += self._clock.monotonic() - self._since

    def seconds(self) -> float:
        """The time counted so far."""
        with self._lock:
            return self._before + (self._clock.monotonic() - self._since if self._inside else 0.0)


def pause(attempt: int, chance: float) -> float:
    """Seconds before the try after *attempt* (0 is the first): growing, and spread by *chance* between 0 and 1."""
    return min(0.3 * 3.0**attempt, 5.0) * (0.5 + chance)


def retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """The seconds that a server asks for: a number or a date (RFC 9110, section 10.2.3); 0 where it asks for none."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def unreachable(host: str, trouble: str) -> Unreachable:
    """The failure of everything that is asked of *host*."""
    return Unreachable(
        f"{host} does not answer ({trouble}).",
        host=host,
        probably="Perhaps it has an outage.",
        now="Nothing is lost: the next run asks again.",
    )


def out_of_time(host: str, limit: float) -> Unreachable:
    """The failure of what was not asked any more, *limit* seconds after the first question of the run."""
    return Unreachable(
        f"{host} was not asked: this run has been asking for {limit:.0f} s already.",
        host=host,
        now="The next run asks again.",
    )
