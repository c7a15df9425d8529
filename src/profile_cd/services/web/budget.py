"""What the answers of a run may hold in all, so that no host can fill the memory by being asked often."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
OF_HOST = 128 * MEGABYTE
OF_RUN = 256 * MEGABYTE
"""Bytes, unpacked. The largest index of charts that is known (bitnami's) has some twenty megabytes."""


class Spent(Exception):
    """There is nothing left for an answer; *why*, in our words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Budget:
    """Bytes that answers may still have: each host's and the run's. May be used from many threads."""

    of_host: int = OF_HOST
    of_run: int = OF_RUN
    _hosts: dict[str, int] = field(default_factory=dict)
    _run: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def meter(self, host: str) -> Callable[[int], None]:
        """What is called with the size of each piece of an answer of *host*. It raises Spent."""

        def take(size: int) -> None:
            with self._lock:
                self._run += size
                self._hosts[host] = self._hosts.get(host, 0) + size
                of_host, of_run = self._hosts[host] > self.of_host, self._run > self.of_run
            if of_host:
                raise Spent(f"more than {self.of_host // MEGABYTE} MB in one run")
            if of_run:
                raise Spent(f"all answers of this run came to more than {self.of_run // MEGABYTE} MB")

        return take
