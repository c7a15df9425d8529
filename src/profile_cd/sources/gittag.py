"""`kind: gittag`: the tags of Git repositories, over smart HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd.errors import SourceFailed
from profile_cd.model import Login, Published, Secret, Web
from profile_cd.sources.credentials import Credentials, own
from profile_cd.sources.specs import GitTag

PREFIX = "refs/tags/"


def ask(
    sources: Sequence[GitTag], web: Web, credentials: Credentials
) -> Mapping[GitTag, tuple[str, ...] | SourceFailed]:
    """The names of all tags, each repository asked once."""

    def tags(source: GitTag) -> tuple[str, ...]:
        refs = web.git_refs(source.url, _login(source, credentials))
        names = (name.removeprefix(PREFIX) for name in refs if name.startswith(PREFIX) and not name.endswith("^{}"))
        return tuple(dict.fromkeys(names))

    return dict(zip(sources, web.side_by_side(tags, list(sources)), strict=True))


def detail(_source: GitTag, _version: str, _web: Web, _credentials: Credentials) -> Published:
    """A tag that is listed is there: nothing more is asked."""
    return Published(exists=True)


def _login(source: GitTag, credentials: Credentials) -> Login | None:
    login = own(source.username, source.password, source.token) or credentials.for_host(source.host)
    if login is None and source.host == "github.com":
        token: Secret = credentials.github_token("api.github.com")
        return Login("x-access-token", token) if token else None
    return login
