"""When to ask again, how long to wait before, and when an answer is lost for good: one policy for every host.

What to do after a try is decided by values alone (`Policy.after`); `repeat` is the only place that waits.
Registries, GitHub and GitLab are three policies of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Generic, TypeVar

from profile_cd.protocols import Clock

SILENCE = 0
"""The status of a try that no answer came to."""
LONGEST_NUMBER = 9
"""Digits of a Retry-After that are read: thirty years are long enough."""

LONGEST_VALUE = 100
"""Characters of a Retry-After that are looked at."""

T = TypeVar("T")


class End(Enum):
    """How asking ends."""

    ANSWERED = auto()
    """The answer stands, whatever it says."""
    TOO_LONG = auto()
    """The host asks for a longer wait than the policy grants."""
    EXHAUSTED = auto()
    """Every try came to the same trouble."""
    UNCERTAIN = auto()
    """A write may or may not have happened, and is not to be repeated blindly."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """What one try came to.

    *wanted* are the seconds that the host asks us to wait, *limited* says that it refused only for now and did
    nothing, *trouble* is what went wrong in our words; *lasting* trouble would come again, and where it is *alone*,
    it is about this one question and not about its host.
    """

    status: int = SILENCE
    answer: T | None = None
    wanted: float = 0.0
    limited: bool = False
    trouble: str = ""
    lasting: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """How one kind of host is asked: *first* is the pause in seconds after the first try, it grows by *factor*.

    *passing* are the statuses that another try may change; *longest* is the wait that a host may ask for at most;
    *repeats* is false for a write, where silence does not mean that nothing happened.
    """

    tries: int
    passing: frozenset[int]
    longest: float
    first: float = 0.5
    factor: float = 2.0
    most: float = 8.0
    repeats: bool = True

    def after(self, number: int, reply: Reply[T], chance: float) -> float | End:
        """The seconds until the next try, or how it ends, after try *number* (0 is the first)."""
        if not reply.limited:
            if reply.status != SILENCE and reply.status not in self.passing:
                return End.ANSWERED
            if not self.repeats:
                return End.UNCERTAIN
        if reply.wanted > self.longest:
            return End.TOO_LONG
        if reply.lasting or number + 1 >= self.tries:
            return End.EXHAUSTED
        return max(self.pause(number, chance), reply.wanted)

    def pause(self, number: int, chance: float) -> float:
        """Seconds of our own after try *number*: growing, and spread by *chance* between 0 and 1.

        Spread, because the jobs of a matrix and the threads of a run fail together and would come back together.
        """
        return min(self.first * self.factor**number, self.most) * (0.5 + chance)


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """How it ended after *tries*, the last reply, and whether an earlier try was *lost*: it may have been done, too."""

    end: End
    reply: Reply[T]
    tries: int = 1
    lost: bool = False


def repeat(policy: Policy, clock: Clock, once: Callable[[], Reply[T]], *, seconds: float = float("inf")) -> Result[T]:
    """Try *once* as often as *policy* says, waiting by *clock* between the tries; not again after *seconds*."""
    until = clock.monotonic() + seconds
    lost = False
    number = 0
    while True:
        reply = once()
        step = policy.after(number, reply, random.random())  # noqa: S311  # jitter, no secret
        if not isinstance(step, End) and clock.monotonic() + step > until:
            step = End.EXHAUSTED
        if isinstance(step, End):
            return Result(step, reply, number + 1, lost)
        lost = lost or not reply.limited
        number += 1
        clock.sleep(step)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a server asks for: a number or a date (RFC 9110, section 10.2.3); None where it asks for none.

    The names of *headers* are in lower case. A date that Python cannot hold counts as none.
    """
    value = headers.get("retry-after", "").strip()[:LONGEST_VALUE]
    if value.isascii() and value.isdecimal():
        return float(value[:LONGEST_NUMBER])
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return None
