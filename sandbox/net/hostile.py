"""A server that speaks badly on purpose: it answers every connection with the pieces of one generator."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

Pieces = Callable[[], Iterable[bytes]]

PAUSE = 0.01
"""Seconds between two pieces: far below the time that a client waits for a byte."""

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = HEAD + b"Content-Encoding: gzip\r\n\r\n"


def dripped_header() -> Iterator[bytes]:
    """One header, byte by byte."""
    yield HEAD + b"X-Slow: "
    yield from itertools.repeat(b"x")


def many_headers() -> Iterator[bytes]:
    """Header after header, in small pieces."""
    yield HEAD
    for number in itertools.count():
        yield from (b"X", b"-%d: " % number, b"y", b"\r", b"\n")


def endless_continue() -> Iterator[bytes]:
    """`100 Continue`, and again."""
    yield from itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")


def endless_gzip_name() -> Iterator[bytes]:
    """The name of a file in the header of a packed body, which never ends."""
    yield GZIP + b"\x1f\x8b\x08\x08" + bytes(6)
    yield from itertools.repeat(b"n" * 100)


def empty_gzip_members() -> Iterator[bytes]:
    """A packed body of nothing, and nothing again."""
    yield GZIP
    yield from itertools.repeat(gzip.compress(b""))


def endless_chunk_extension() -> Iterator[bytes]:
    """A chunk whose first line never ends."""
    yield CHUNKED + b"1;"
    yield from itertools.repeat(b"x")


def endless_trailers() -> Iterator[bytes]:
    """Trailers behind a body that is complete."""
    yield CHUNKED + b"1\r\nx\r\n0\r\n"
    yield from itertools.repeat(b"T: x\r\n")


def dripped_body() -> Iterator[bytes]:
    """A body byte by byte."""
    yield HEAD + b"Content-Length: 1000000\r\n\r\n"
    yield from itertools.repeat(b"x")


def silence() -> Iterator[bytes]:
    """Nothing for five seconds."""
    yield b""
    time.sleep(5)


ENDLESS = [
    dripped_header, many_headers, endless_continue, endless_gzip_name, empty_gzip_members, endless_chunk_extension,
    endless_trailers, dripped_body,
]  # fmt: skip
"""Answers of which another byte is always there in time, and which never end."""


@contextmanager
def serving(pieces: Pieces, pause: float = PAUSE, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that sends what *pieces* yields, *pause* seconds apart, on each connection."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        threading.Thread(target=_accept, args=(listening, pieces, pause, tls), daemon=True).start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{listening.getsockname()[1]}"
        # A close alone would leave the thread in its `accept`.
        listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, pieces: Pieces, pause: float, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_send, args=(connection, pieces, pause, tls), daemon=True).start()


def _send(plain: socket.socket, pieces: Pieces, pause: float, tls: ssl.SSLContext | None) -> None:
    with plain, suppress(OSError), tls.wrap_socket(plain, server_side=True) if tls else plain as connection:
        connection.recv(65536)
        for piece in pieces():
            connection.sendall(piece)
            time.sleep(pause)
