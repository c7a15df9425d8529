"""The real time, and how much of it a run has spent asking."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from profile_cd.protocols import Clock


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


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
