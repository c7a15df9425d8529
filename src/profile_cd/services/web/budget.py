"""What the answers of a run may hold in all, so that no host can fill the memory by being asked often."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from profile_cd import bounded_json

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes, unpacked, and values of JSON; any number of values where there is no limit on them."""

    size: int
    parts: float = float("inf")

    def over(self, limit: Size) -> bool:
        """Whether it goes beyond *limit*."""
        return self.size > limit.size or self.parts > limit.parts

    def __add__(self, other: Size) -> Size:
        return Size(self.size + other.size, self.parts + other.parts)

    def __str__(self) -> str:
        return f"{self.size // MEGABYTE} MB" + ("" if self.parts == float("inf") else f" or {self.parts:,} values")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one *answer* may have, all answers of one *host*, and all of a *run*.

    A host that has sent no more than *fair* is heard even where others have used the run's share up.
    """

    answer: Size
    host: Size
    run: Size
    fair: Size


SMALL = Allowance(
    Size(8 * MEGABYTE, bounded_json.MOST_PARTS),
    Size(24 * MEGABYTE, 450_000),
    Size(48 * MEGABYTE, 1_200_000),
    Size(MEGABYTE, 10_000),
)
"""What is read as JSON, where a byte can become nine of memory and a value a hundred bytes. A page of tags has some
thirty kilobytes and a thousand values.
"""

LARGE = Allowance(Size(32 * MEGABYTE), Size(64 * MEGABYTE), Size(96 * MEGABYTE), Size(2 * MEGABYTE))
"""What is read as text: an index of charts (the largest known, bitnami's, has twenty megabytes), Git's references."""


class Spent(Exception):
    """There is nothing left for an answer; *why*, in our words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NOTHING = Size(0, 0)


@dataclass
class Budget:
    """Counts what answers had so far, of small ones and of large ones. May be used from many threads."""

    _taken: dict[tuple[Allowance, str], Size] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def meter(self, allowance: Allowance, host: str) -> Iterator[Callable[[bytes], None]]:
        """What is to be called with each piece of an answer of *host*. It raises Spent.

        An answer that is not taken to its end is thrown away and not counted: one that is spoilt by chance must not
        keep its host from being heard.
        """
        answer = NOTHING

        def take(piece: bytes) -> None:
            nonlocal answer
            more = Size(len(piece), bounded_json.parts(piece))
            answer += more
            of_host, of_run = self._count(allowance, host, more)
            if answer.over(allowance.answer):
                raise Spent(f"more than {allowance.answer} in one answer")
            if of_host.over(allowance.host):
                raise Spent(f"more than {allowance.host} in one run")
            if of_run.over(allowance.run) and of_host.over(allowance.fair):
                raise Spent(f"all answers of this run had more than {allowance.run}")

        try:
            yield take
        except BaseException:
            self._count(allowance, host, Size(-answer.size, -answer.parts))
            raise

    def _count(self, allowance: Allowance, host: str, more: Size) -> tuple[Size, Size]:
        """What the host and the run have taken with *more*."""
        with self._lock:
            of_host, of_run = (self._taken.get((allowance, name), NOTHING) + more for name in (host, ""))
            self._taken |= {(allowance, host): of_host, (allowance, ""): of_run}
        return of_host, of_run
