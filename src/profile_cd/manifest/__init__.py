"""Text of a manifest → Manifest, or what is wrong with it and at which line."""

from __future__ import annotations

from profile_cd.manifest.fields import FILTER
from profile_cd.manifest.files import DEFAULT_DIRECTORIES, EXTENSIONS, closed
from profile_cd.manifest.meanings import meaning
from profile_cd.manifest.reading import duplicates, load, read
from profile_cd.manifest.scalar import at_line

__all__ = ["DEFAULT_DIRECTORIES", "EXTENSIONS", "FILTER", "at_line", "closed", "duplicates", "load", "meaning", "read"]
