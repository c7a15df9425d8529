"""The shape of a value, so that a reference never lands where a version belongs."""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["url", "reference", "other"]

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_TAGGED = re.compile(r"(?!sha\d+:)[a-z][a-z0-9._-]*:[\w][\w.-]*")


def shape(value: str) -> Shape:
    """Whether *value* is a URL, an image reference (`owner/image:tag`, `image:tag`), or anything else.

    Else is mostly a version; `v1.2.3` and `1.2.3` are of one shape.
    """
    if _URL.match(value):
        return "url"
    return "reference" if "/" in value or _TAGGED.fullmatch(value) else "other"


def same_shape(old: str, new: str) -> bool:
    """Whether *new* can take the place of *old* without a reader noticing more than another version."""
    return shape(old) == shape(new)
