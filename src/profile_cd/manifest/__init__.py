"""Text of a manifest → Manifest, or what is wrong with it and at which line."""

from __future__ import annotations

from profile_cd.manifest.fields import FILTER
from profile_cd.manifest.files import (
    DEFAULT_DIRECTORIES,
    EXTENSIONS,
    choose,
    closed,
    is_partial,
    partials_of,
)
from profile_cd.manifest.holding import hold
from profile_cd.manifest.meanings import Meaning, meaning, meaning_of, owner
from profile_cd.manifest.reading import load, read, recall
from profile_cd.manifest.scalar import at_line

__all__ = [
    "DEFAULT_DIRECTORIES",
    "EXTENSIONS",
    "FILTER",
    "Meaning",
    "at_line",
    "choose",
    "closed",
    "hold",
    "is_partial",
    "load",
    "meaning",
    "meaning_of",
    "owner",
    "partials_of",
    "read",
    "recall",
]
