"""`kind: gittag`: the tags of Git repositories, over smart HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd.credentials import Credentials, own
from profile_cd.errors import SourceFailed
from profile_cd.model import Published
from profile_cd.protocols import Web
from profile_cd.sources.specs import GitTag

PREFIX = "refs/tags/"
PEELED = "^{}"
"""Marks what an annotated tag points to, beside the tag itself."""


def ask(
    sources: Sequence[GitTag], web: Web, credentials: Credentials
) -> Mapping[GitTag, tuple[str, ...] | SourceFailed]:
    """The names of all tags, each repository asked once."""

    def tags(source: GitTag) -> tuple[str, ...]:
        login = own(source.username, source.password, source.token) or credentials.for_host(source.host)
        refs = web.git_refs(source.url, login)
        return tuple(
            name.removeprefix(PREFIX) for name in refs if name.startswith(PREFIX) and not name.endswith(PEELED)
        )

    return dict(zip(sources, web.side_by_side(tags, list(sources)), strict=True))


def detail(_source: GitTag, _version: str, _web: Web, _credentials: Credentials) -> Published:
    """A tag that is listed is there: nothing more is asked."""
    return Published(exists=True)
