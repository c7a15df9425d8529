"""Image registries and charts in them: tags, manifests, tokens."""

from __future__ import annotations

from profile_cd.sources.registry.door import Place, basic, challenges, is_loopback, trusted

__all__ = ["Place", "basic", "challenges", "is_loopback", "trusted"]
