"""What GitHub shows of a token, the repository's settings, rules, secrets and variables: asked by `check` alone."""

from __future__ import annotations

from profile_cd.services.settings.settings import Settings

__all__ = ["Settings"]
