"""JSON from outside: as much of it as a run can bear, and nothing in it that no file can take."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_PARTS = 300_000
"""Values of one text. A page of tags has a thousand; each value takes a hundred bytes of memory at most, however
few it takes on the wire: `[[],[],…` of 62 kB (packed) would become 1.7 GB.
"""
_AS_SPELLED: dict[str, Any] = {"parse_float": str, "parse_int": str}
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class NoJson(ValueError):
    """The text is not to be read: it is *why*; *where*, if that is known."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why + where)
        self.why = why
        self.where = where


def loads(text: bytes | str, *, most: int = MOST_PARTS, spelled: bool = False) -> object:
    """The value that *text* is. Raises NoJson where it is none, or has more than *most* parts.

    With *spelled*, numbers are texts as they are spelled: a version `1.10` is no number.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if parts(data) > most:
        raise NoJson(f"JSON of more than {most:,} parts")
    try:
        found: object = json.loads(data, **(_AS_SPELLED if spelled else {}))
        # A lone surrogate can be written in JSON and nowhere else: not in a file, a log, a summary or a request.
        if _HALF.search(data):
            found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise NoJson("JSON that is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NoJson("not JSON", f": {error.msg} (line {error.lineno}, column {error.colno})") from None
    except ValueError:
        raise NoJson("not JSON") from None
    return found


def parts(data: bytes) -> int:
    """At least how many values *data* has, if it is JSON: counted by what stands between them."""
    return data.count(b",") + data.count(b"[") + data.count(b"{")
