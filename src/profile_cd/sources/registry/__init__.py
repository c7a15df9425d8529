"""Image registries and charts in them: tags, manifests, tokens."""

from __future__ import annotations

from profile_cd.sources.registry.access import Registries, Repository, Tokens
from profile_cd.sources.registry.challenge import challenges, trusted
from profile_cd.sources.registry.listing import tags
from profile_cd.sources.registry.manifests import blob, has_tag, is_digest, is_tag, manifest
from profile_cd.sources.registry.platforms import lacking, platforms, unfit
from profile_cd.sources.registry.unordered import unordered

__all__ = [
    "Registries",
    "Repository",
    "Tokens",
    "blob",
    "challenges",
    "has_tag",
    "is_digest",
    "is_tag",
    "lacking",
    "manifest",
    "platforms",
    "tags",
    "trusted",
    "unfit",
    "unordered",
]
