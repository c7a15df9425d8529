"""Releases by REST, for those who have no token: GraphQL refuses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.neutral import line as shown
from profile_cd.protocols import NOT_FOUND, OK, Web
from profile_cd.sources.answers import MOST_LISTED, named, next_page, parsed
from profile_cd.sources.github.server import (
    Found,
    Release,
    Repository,
    Server,
    Wanted,
    absent,
    endless,
    published,
    refused,
)

PAGE = 100
MOST_ON_A_PAGE = 2 * PAGE
MOST_PAGES = 100


def ask(server: Server, wanted: Sequence[Wanted], web: Web) -> dict[Wanted, Found | SourceFailed]:
    """The releases of every repository, oldest created first; drafts are shown to those alone who may write."""
    return dict(zip(wanted, web.side_by_side(lambda each: _one(server, each, web), list(wanted)), strict=True))


def by_tag(server: Server, repository: Repository, tag: str, web: Web) -> Release | None:
    """The published release of *tag*, None where there is none. Raises SourceFailed."""
    url = f"{_base(server, Wanted(repository))}/releases/tags/{quote(tag, safe='')}"
    answer = web.get(url, headers=server.headers)
    said = parsed(answer)
    if answer.status == NOT_FOUND:
        return None
    if answer.status != OK or not isinstance(said, dict):
        raise refused(server, answer)
    try:
        return _release(said)
    except (LookupError, TypeError) as error:
        raise Unreachable(
            f"{server.host} answers for {'/'.join(repository)} in an unexpected shape.",
            host=server.host,
            now="The next run asks again.",
        ) from error


def _one(server: Server, wanted: Wanted, web: Web) -> Found:
    try:
        releases = tuple(reversed(_pages(server, wanted, "releases", _release, web)))
        needs_tags = wanted.tags and not published(releases)
        listed = _pages(server, wanted, "tags", _tag, web) if wanted.commits or needs_tags else []
        tags = tuple(reversed(listed))
    except (LookupError, TypeError, AttributeError) as error:
        raise Unreachable(
            f"{server.host} answers for {'/'.join(wanted.repository)} in an unexpected shape.",
            host=server.host,
            now="The next run asks again.",
        ) from error
    latest = _latest(server, wanted, web) if wanted.latest else ""
    commits = {each.tag: each.commit for each in tags}
    marked = (replace(each, commit=commits.get(each.tag, ""), latest=each.tag == latest) for each in releases)
    return Found(tuple(marked), tags if needs_tags else ())


def _release(node: Mapping[str, Any]) -> Release:
    return Release(
        named(node["tag_name"]),
        named(node.get("name")),
        draft=bool(node["draft"]),
        prerelease=bool(node["prerelease"]),
        published=named(node.get("published_at")),
    )


def _tag(node: Mapping[str, Any]) -> Release:
    name = named(node["name"])
    return Release(name, name, commit=named(node["commit"]["sha"]))


def _base(server: Server, wanted: Wanted) -> str:
    owner, name = (quote(part, safe="") for part in wanted.repository)
    return f"{server.rest}/repos/{owner}/{name}"


def _pages(
    server: Server, wanted: Wanted, what: str, read: Callable[[Mapping[str, Any]], Release], web: Web
) -> list[Release]:
    url = f"{_base(server, wanted)}/{what}?per_page={PAGE}"
    host = urlsplit(url).netloc
    found: list[Release] = []
    for _ in range(MOST_PAGES):
        answer = web.get(url, headers=server.headers)
        said = parsed(answer, MOST_LISTED)
        if answer.status == NOT_FOUND:
            raise absent(server, wanted.repository)
        if answer.status != OK or not isinstance(said, list):
            raise refused(server, answer)
        found += [each for each in map(read, said[:MOST_ON_A_PAGE]) if each.tag]
        url = next_page(answer)
        if not url:
            return found
        if urlsplit(url).netloc != host:
            raise SourceFailed(
                f"{server.host} sends us to another host for the next page, which is not followed: {shown(url, 200)}."
            )
    raise endless(wanted.repository)


def _latest(server: Server, wanted: Wanted, web: Web) -> str:
    """The tag of the release that GitHub shows as the latest; empty where there is none."""
    answer = web.get(f"{_base(server, wanted)}/releases/latest", headers=server.headers)
    if answer.status == NOT_FOUND:
        return ""
    said = parsed(answer)
    if answer.status != OK or not isinstance(said, dict):
        raise refused(server, answer)
    return named(said.get("tag_name"))
