"""Texts that stand in for what templates would say, where nobody knows the variables that they read.

A stand-in passes every check of its field, so that the rest of a manifest can be read and checked without any
variable; equal templates have equal stand-ins and different ones different, so that two readings can be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

_BITS = 48
# The forms that pass where a plain word does not: an address, a range that is an expression as well, a group.
_FORMS: Mapping[str, str] = {
    "url": "https://x{}.invalid",
    "versionfilter": ">={}",
    "pattern": ">={}",
    "regex": "(x{})",
}


def stand_in(field: str, spelled: str) -> str:
    """The text that stands for *spelled*, a text with templates in it, as the value of *field*."""
    digest = hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).digest()
    # 48 bits stay below the largest number that a version may hold.
    return _FORMS.get(field, "x{}").format(int.from_bytes(digest[: _BITS // 8], "big"))
