"""A deadline by the clock for each exchange, enforced from outside the read.

Seven ways were found to keep a client reading past every limit that it looks at between two reads: a header that
comes byte by byte, a `100 Continue` without end, chunk extensions, trailers. All of them wait in a `recv` that gets a
byte in time, deep in the libraries. So one thread watches the time of all exchanges and shuts the sockets of one that
is late: its `recv` returns at once, as if the peer had hung up.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

CURRENT: ContextVar[Exchange | None] = ContextVar("CURRENT", default=None)
"""The exchange that this thread is about: connections are made deep in the libraries and find it here."""


class Exchange:
    """One exchange and the sockets that it uses. *public* keeps it out of private networks."""

    def __init__(self, seconds: float, *, public: bool = False) -> None:
        self.until = time.monotonic() + seconds
        self.public = public
        self.private = False
        self.late = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def use(self, sock: socket.socket) -> None:
        """Shut *sock* as soon as the time is over, which may be now."""
        with self._lock:
            self._sockets.append(sock)
            late = self.late
        if late:
            _shut(sock)

    def end(self) -> None:
        """Shut every socket in use."""
        with self._lock:
            self.late = True
            for sock in self._sockets:
                _shut(sock)

    def let_go(self) -> None:
        """Forget the sockets: they may go on to serve another exchange."""
        with self._lock:
            self._sockets.clear()


class Watchdog:
    """One thread for all exchanges; it runs only while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._exchanges: set[Exchange] = set()
        self._awake = False

    @contextmanager
    def within(self, seconds: float, *, public: bool = False) -> Iterator[Exchange]:
        """An exchange that ends after *seconds*, however it is spent."""
        exchange = Exchange(seconds, public=public)
        token = CURRENT.set(exchange)
        self._watch(exchange)
        try:
            yield exchange
        finally:
            CURRENT.reset(token)
            exchange.let_go()
            with self._changed:
                self._exchanges.discard(exchange)

    def _watch(self, exchange: Exchange) -> None:
        with self._changed:
            self._exchanges.add(exchange)
            if not self._awake:
                self._awake = True
                threading.Thread(target=self._run, name="deadlines", daemon=True).start()
            elif exchange.until <= min(each.until for each in self._exchanges):
                self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while self._exchanges:
                now = time.monotonic()
                for exchange in [each for each in self._exchanges if each.until <= now]:
                    self._exchanges.discard(exchange)
                    exchange.end()
                if self._exchanges:
                    self._changed.wait(min(each.until for each in self._exchanges) - now)
            self._awake = False


def _shut(sock: socket.socket) -> None:
    """End all reading and writing. Not by `SSLSocket.shutdown`: that drops its TLS first, and what another thread
    writes in that moment would go out in the clear.
    """
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
