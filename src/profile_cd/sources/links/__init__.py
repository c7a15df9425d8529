"""Pages about what is new in a version: of forges, and of what images and charts say of themselves."""

from __future__ import annotations

from profile_cd.sources.links.forge import about, alike, comparison, of_pages, page, repository
from profile_cd.sources.links.image import created, of_image

__all__ = ["about", "alike", "comparison", "created", "of_image", "of_pages", "page", "repository"]
