"""How fast one GitLab is asked for pipelines: below its limit, so that nobody is refused."""

from __future__ import annotations

from profile_cd.protocols import Clock

MOST = 20
WINDOW = 60.0
"""GitLab.com takes 25 pipelines in a minute of one user; others may start some of them."""


class Pace:
    """Lets at most *most* through within *window* seconds, by *clock*."""

    def __init__(self, clock: Clock, *, most: int = MOST, window: float = WINDOW) -> None:
        self._clock = clock
        self._most = most
        self._window = window
        self._passed: list[float] = []

    def wait(self) -> None:
        """Wait until the next one may pass, and count it."""
        now = self._clock.monotonic()
        self._passed = [each for each in self._passed if each > now - self._window]
        if len(self._passed) >= self._most:
            self._clock.sleep(self._passed[-self._most] + self._window - now)
        self._passed.append(self._clock.monotonic())
