"""How much of what hosts send may be kept and parsed, so that none can fill the memory or take all the time.

The transport bounds bytes. But a megabyte of `"a",` becomes fifteen of Python's texts, and one of `[],` thirty of its
lists: so what is parsed has bounds of its own, by answer, by source, by host and by run.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from profile_cd.errors import SourceFailed

OF_SOURCE, OF_HOST, OF_RUN = 100_000, 200_000, 400_000
"""Versions that are kept. The longest lists that are known, of images pushed at every commit, have some 30,000."""
LARGE = 100_000
"""Bytes; what is larger is parsed alone."""


@dataclass(slots=True)
class Budget:
    """Versions that hosts may still deliver in this run. Shared by all threads that ask."""

    of_source: int = OF_SOURCE
    of_host: int = OF_HOST
    of_run: int = OF_RUN
    _hosts: dict[str, int] = field(default_factory=dict)
    _run: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)
    _parsing: threading.Lock = field(default_factory=threading.Lock)

    def check(self, host: str, name: str, count: int) -> None:
        """Raise SourceFailed where the list of *name* at *host* is longer than one may be."""
        if count > self.of_source:
            raise SourceFailed(
                f"{host} lists more than {self.of_source:,} versions of {name}, which are not read.",
                now="Ask for another repository, or have old versions deleted.",
            )

    def take(self, host: str, name: str, count: int) -> None:
        """Keep *count* versions of *name*. Raises SourceFailed where the list, its host or the run has too many."""
        self.check(host, name, count)
        with self._counting:
            of_host, of_run = self._hosts.get(host, 0) + count, self._run + count
            if of_host <= self.of_host and of_run <= self.of_run:
                self._hosts[host], self._run = of_host, of_run
                return
        whose, most = (host, self.of_host) if of_host > self.of_host else ("This run", self.of_run)
        raise SourceFailed(
            f"{name} at {host} is not read: {whose} has more than {most:,} versions in all.",
            now="Have old versions deleted, or spread the manifests over several runs.",
        )

    @contextmanager
    def parsing(self, size: int) -> Iterator[None]:
        """Parse *size* bytes inside: large ones one after another, so that their memory is not needed twice."""
        if size < LARGE:
            yield
            return
        with self._parsing:
            yield
