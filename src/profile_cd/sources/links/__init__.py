"""Pages that tell what is new in a version."""

from __future__ import annotations

from profile_cd.sources.links.pages import find

__all__ = ["find"]
