"""A version that somebody has published, and when."""

from __future__ import annotations

from dataclasses import dataclass

LONG_AGO = "2025-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Seen:
    """A version and when it appeared, in RFC 3339 and UTC."""

    version: str
    at: str = LONG_AGO
