"""What the answers of a run may hold in all, so that no host can fill the memory by being asked often."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes, unpacked: of one answer, of all answers of one host, of all answers of a run."""

    answer: int
    host: int
    run: int


SMALL = Allowance(8 * MEGABYTE, 32 * MEGABYTE, 64 * MEGABYTE)
"""What is read as JSON, where a byte can become nine of memory: a page of tags has some thirty kilobytes."""

LARGE = Allowance(48 * MEGABYTE, 96 * MEGABYTE, 160 * MEGABYTE)
"""What is read as text: an index of charts (the largest known, bitnami's, has twenty megabytes), Git's references."""


class Spent(Exception):
    """There is nothing left for an answer; *why*, in our words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Budget:
    """Counts what answers had so far, of small ones and of large ones. May be used from many threads."""

    _taken: Counter[tuple[Allowance, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def meter(self, allowance: Allowance, host: str) -> Callable[[int], None]:
        """What is called with the size of each piece of an answer of *host*. It raises Spent."""

        def take(size: int) -> None:
            with self._lock:
                self._taken[allowance, host] += size
                self._taken[allowance, ""] += size
                of_host, of_run = self._taken[allowance, host], self._taken[allowance, ""]
            if of_host > allowance.host:
                raise Spent(f"more than {allowance.host // MEGABYTE} MB in one run")
            if of_run > allowance.run:
                raise Spent(f"all answers of this run had more than {allowance.run // MEGABYTE} MB")

        return take
