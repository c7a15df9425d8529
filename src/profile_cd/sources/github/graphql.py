"""Releases by GraphQL: one question for several repositories, page by page to the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.protocols import OK, Web
from profile_cd.sources.answers import MOST_LISTED, named, parsed
from profile_cd.sources.github.server import Found, Release, Server, Wanted, absent, endless, published, refused

AT_ONCE = 20
PAGE = 100
MOST_ON_A_PAGE = 2 * PAGE
MOST_PAGES = 100
"""GitHub itself shows no more than 10,000 releases."""

RELEASES = (
    "releases(first: %d, orderBy: {field: CREATED_AT, direction: ASC}%s) { nodes "
    "{ tagName name isDraft isPrerelease isLatest publishedAt tagCommit { oid } } pageInfo { hasNextPage endCursor } }"
)
TAGS = (
    'refs(refPrefix: "refs/tags/", first: %d, orderBy: {field: TAG_COMMIT_DATE, direction: ASC}%s) { nodes '
    "{ name target { oid ... on Tag { target { oid } } } } pageInfo { hasNextPage endCursor } }"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How far one repository has been read. *cursor* is where the next page of *what* begins."""

    wanted: Wanted
    what: Literal["releases", "refs"] = "releases"
    cursor: str = ""
    pages: int = 0
    found: Found = field(default_factory=lambda: Found(()))

    @property
    def question(self) -> str:
        """The field that asks for the next page."""
        owner, name = (json.dumps(part) for part in self.wanted.repository)
        after = f", after: {json.dumps(self.cursor)}" if self.cursor else ""
        connection = (RELEASES if self.what == "releases" else TAGS) % (PAGE, after)
        return f"repository(owner: {owner}, name: {name}) {{ {connection} }}"


def ask(server: Server, wanted: Sequence[Wanted], web: Web) -> dict[Wanted, Found | SourceFailed]:
    """The releases of every repository, oldest created first."""
    done: dict[Wanted, Found | SourceFailed] = {}
    unread = [_Reading(each) for each in wanted]
    while unread:
        chunks = [unread[start : start + AT_ONCE] for start in range(0, len(unread), AT_ONCE)]
        results = web.side_by_side(lambda chunk: _page(server, chunk, web), chunks)
        unread = []
        for chunk, result in zip(chunks, results, strict=True):
            for number, reading in enumerate(chunk):
                after = result if isinstance(result, SourceFailed) else result[number]
                if isinstance(after, _Reading):
                    unread.append(after)
                else:
                    done[reading.wanted] = after
    return done


def _page(server: Server, readings: Sequence[_Reading], web: Web) -> list[_Reading | Found | SourceFailed]:
    """Ask one page of every repository: each reading is then somewhere further on, at its end, or failed."""
    fields = " ".join(f"r{number}: {each.question}" for number, each in enumerate(readings))
    answer = web.post(server.graphql, json={"query": f"query Releases {{ {fields} }}"}, headers=server.headers)
    said = parsed(answer, MOST_LISTED)
    data = said.get("data") if isinstance(said, dict) else None
    if answer.status != OK or not isinstance(said, dict) or not isinstance(data, dict):
        raise refused(server, answer)
    errors = _by_alias(said.get("errors"))
    return [_after(server, each, data.get(f"r{n}"), errors.get(f"r{n}", "")) for n, each in enumerate(readings)]


def _after(server: Server, reading: _Reading, node: Any, said: str) -> _Reading | Found | SourceFailed:  # noqa: ANN401  # JSON
    if node is None:
        return absent(server, reading.wanted.repository, said)
    try:
        return _further(reading, node[reading.what])
    except (LookupError, TypeError, AttributeError):
        return Unreachable(
            f"{server.host} answers for {'/'.join(reading.wanted.repository)} in an unexpected shape.",
            host=server.host,
            probably=said or "Perhaps it is an old Enterprise Server.",
            now="The next run asks again.",
        )


def _further(reading: _Reading, connection: Mapping[str, Any]) -> _Reading | Found | SourceFailed:
    read = (_release(node) for node in connection["nodes"][:MOST_ON_A_PAGE] if node)
    more = tuple(each for each in read if each.tag)
    if reading.what == "releases":
        found = replace(reading.found, releases=reading.found.releases + more)
    else:
        found = replace(reading.found, tags=reading.found.tags + more)
    page = connection["pageInfo"]
    if page["hasNextPage"]:
        further = replace(reading, cursor=named(page["endCursor"]), pages=reading.pages + 1, found=found)
        stuck = further.pages >= MOST_PAGES or further.cursor == reading.cursor
        return endless(reading.wanted.repository) if stuck else further
    if reading.what == "releases" and reading.wanted.tags and not published(found.releases):
        return _Reading(reading.wanted, "refs", found=found)
    return found


def _release(node: Mapping[str, Any]) -> Release:
    if "tagName" not in node:
        target, name = node.get("target") or {}, named(node["name"])
        return Release(name, name, commit=named((target.get("target") or target).get("oid")))
    return Release(
        tag=named(node["tagName"]),
        title=named(node.get("name")),
        commit=named((node.get("tagCommit") or {}).get("oid")),
        draft=bool(node["isDraft"]),
        prerelease=bool(node["isPrerelease"]),
        latest=bool(node["isLatest"]),
        published=named(node.get("publishedAt")),
    )


def _by_alias(errors: object) -> dict[str, str]:
    """GitHub's words on each field that it could not answer, by the field's alias."""
    found: dict[str, str] = {}
    for error in errors if isinstance(errors, list) else []:
        path = error.get("path") if isinstance(error, dict) else None
        if isinstance(path, list) and path:
            found.setdefault(str(path[0]), str(error.get("message") or ""))
    return found
