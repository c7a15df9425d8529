"""The shape of a value, so that a reference never lands where a version belongs."""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["url", "reference", "other"]

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
# `owner/image:tag`, `image:tag` and `image@sha256:…`; a digest alone (`sha256:…`) is none.
_TAGGED = re.compile(r"(?!sha\d+:)[a-z0-9][a-z0-9._:/-]*(?::[\w][\w.-]*|@sha\d+:[0-9a-f]+)")
# Tags of a repository with several products: `chart/v1.1.0`.
_PREFIXED_VERSION = re.compile(r"(?:[\w.-]+/)+v?\d+(?:\.\d+)*(?:[-+.][\w.+-]*)?")
_MOVING = frozenset({"latest", "stable", "main", "master", "edge", "nightly"})
"""Tags that are no version and still stand where one belongs."""


def shape(value: str) -> Shape:
    """Whether *value* is a URL, an image reference, or anything else, which is mostly a version."""
    if _URL.match(value):
        return "url"
    if _PREFIXED_VERSION.fullmatch(value):
        return "other"
    return "reference" if "/" in value or _TAGGED.fullmatch(value) else "other"


def fits(old: str, new: str) -> bool:
    """Whether *new* can take the place of *old*: refused is what looks as though two keys were swapped.

    It happened: `7ee49ef` wrote image references where versions belong, and `f33edbe` took them back minutes later.
    A value without a digit (`nginx`, `TODO`, `null`, nothing) waits for its first version and takes any shape.
    """
    waits = shape(old) == "other" and old not in _MOVING and not re.search(r"\d", old)
    return waits or shape(old) == shape(new)
