"""GitHub's releases, over GraphQL and REST."""

from __future__ import annotations

from profile_cd.sources.github.server import GITHUB, Found, Release, Repository, Server, Wanted

__all__ = ["GITHUB", "Found", "Release", "Repository", "Server", "Wanted"]
