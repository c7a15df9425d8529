"""A server that speaks badly on purpose: it answers every connection with the pieces of one generator."""

import gzip
import itertools
import socket
import threading
import time
from contextlib import contextmanager, suppress

PAUSE = 0.01
"""Seconds between two pieces: far below the time that a client waits for a byte."""

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = HEAD + b"Content-Encoding: gzip\r\n\r\n"


def dripped_header():
    yield HEAD + b"X-Slow: "
    yield from itertools.repeat(b"x")


def many_headers():
    yield HEAD
    for number in itertools.count():
        yield from (b"X", b"-%d: " % number, b"y", b"\r", b"\n")


def endless_continue():
    yield from itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")


def endless_gzip_name():
    yield GZIP + b"\x1f\x8b\x08\x08" + bytes(6)
    yield from itertools.repeat(b"n" * 100)


def empty_gzip_members():
    yield GZIP
    yield from itertools.repeat(gzip.compress(b""))


def endless_chunk_extension():
    yield CHUNKED + b"1;"
    yield from itertools.repeat(b"x")


def endless_trailers():
    yield CHUNKED + b"1\r\nx\r\n0\r\n"
    yield from itertools.repeat(b"T: x\r\n")


def dripped_body():
    yield HEAD + b"Content-Length: 1000000\r\n\r\n"
    yield from itertools.repeat(b"x")


def silence():
    yield b""
    time.sleep(5)


ENDLESS = [
    dripped_header, many_headers, endless_continue, endless_gzip_name, empty_gzip_members, endless_chunk_extension,
    endless_trailers, dripped_body,
]  # fmt: skip


@contextmanager
def serving(pieces, pause=PAUSE, tls=None):
    """The address of a server that sends what *pieces* yields, *pause* seconds apart, on each connection."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        threading.Thread(target=_accept, args=(listening, pieces, pause, tls), daemon=True).start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{listening.getsockname()[1]}"
        # A close alone would leave the thread in its `accept`.
        listening.shutdown(socket.SHUT_RDWR)


def _accept(listening, pieces, pause, tls):
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_send, args=(connection, pieces, pause, tls), daemon=True).start()


def _send(plain, pieces, pause, tls):
    with plain, suppress(OSError), tls.wrap_socket(plain, server_side=True) if tls else plain as connection:
        connection.recv(65536)
        for piece in pieces():
            connection.sendall(piece)
            time.sleep(pause)
