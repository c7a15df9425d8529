"""The body of an answer, unpacked piece by piece and never beyond its limits."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Protocol

PIECE = 64 * 1024
MOST_MEMBERS = 100
"""Members of one gzip body (RFC 1952, section 2.2) that are unpacked: a server sends one, `cat a.gz b.gz` two."""
GZIP = 16 + zlib.MAX_WBITS
"""What zlib calls gzip's own header and trailer."""
PACKED = ("gzip", "x-gzip")
"""What we say that we take (RFC 9110, section 8.4.1.3); `deflate` has been sent in two forms for ever."""


BROKEN = "what came cannot be unpacked"


class Unreadable(Exception):
    """The body cannot be taken; *why*, in our words."""

    lasting = False

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooLarge(Unreadable):
    """It is larger than *most* bytes, and would be again."""

    lasting = True

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most // 1024 // 1024} MB in one answer")


class Raw(Protocol):
    """A response that is still on the wire."""

    def read1(self, amt: int, decode_content: bool) -> bytes:  # noqa: FBT001  # urllib3's signature
        """What has arrived, at most *amt* bytes; empty at the end."""
        ...


def body(raw: Raw, encoding: str, most: int, take: Callable[[bytes], None]) -> bytes:
    """The whole body, unpacked. *most* bytes are taken from the wire, and as many come out at most.

    Each piece that comes out is reported to *take*, which may refuse it. Unpacked here and not by urllib3, which goes
    on reading by itself as long as nothing comes out: an endless name in the header of a gzip file, or empty members
    without end. Raises Unreadable.
    """
    out = _Plain(most, take)
    unpack = _Packed(out) if encoding.strip().lower() in PACKED else out
    taken = 0
    while piece := raw.read1(PIECE, decode_content=False):
        taken += len(piece)
        if taken > most:
            raise TooLarge(most)
        unpack.add(piece)
    return unpack.whole()


class _Plain:
    """Bytes as they come, in a buffer that grows: joining pieces would take the memory twice."""

    def __init__(self, most: int, take: Callable[[bytes], None]) -> None:
        self._most = most
        self._take = take
        self._out = BytesIO()

    def add(self, piece: bytes) -> None:
        if self._out.tell() + len(piece) > self._most:
            raise TooLarge(self._most)
        self._take(piece)
        self._out.write(piece)

    def whole(self) -> bytes:
        return self._out.getvalue()


class _Packed:
    """Unpacks gzip member by member into *out*."""

    def __init__(self, out: _Plain) -> None:
        self._out = out
        self._member = zlib.decompressobj(GZIP)
        self._members = 0
        self._padding = False

    def add(self, piece: bytes) -> None:
        try:
            while piece and not self._padding:
                piece = self._next(piece)
        except zlib.error:
            # Behind the last member `gzip` and browsers bear anything; before its end it is a broken answer.
            self._padding = self._members > 1
            if not self._padding:
                raise Unreadable(BROKEN) from None

    def whole(self) -> bytes:
        if self._members and not self._member.eof and not self._padding:
            raise Unreadable(BROKEN)
        return self._out.whole()

    def _next(self, piece: bytes) -> bytes:
        """Unpack some of *piece* and return what is left of it."""
        if self._member.eof or not self._members:
            self._members += 1
            self._member = zlib.decompressobj(GZIP)
        if self._members > MOST_MEMBERS:
            raise Unreadable(BROKEN)
        self._out.add(self._member.decompress(piece, PIECE))
        return self._member.unused_data if self._member.eof else self._member.unconsumed_tail
