"""GitHub's releases, over GraphQL and REST."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.errors import SourceFailed
from profile_cd.protocols import Web
from profile_cd.sources.github import graphql, rest
from profile_cd.sources.github.rest import by_tag
from profile_cd.sources.github.server import GITHUB, Found, Release, Repository, Server, Wanted

__all__ = ["GITHUB", "Found", "Release", "Repository", "Server", "Wanted", "ask", "by_tag"]


def ask(server: Server, wanted: Sequence[Wanted], web: Web) -> dict[Wanted, Found | SourceFailed]:
    """The releases of every repository, oldest created first; GraphQL refuses those who have no token."""
    return graphql.ask(server, wanted, web) if server.token else rest.ask(server, wanted, web)
