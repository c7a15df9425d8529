"""Releases by GraphQL: one question for several repositories, page by page to the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.protocols import OK, Web
from profile_cd.sources.answers import parsed
from profile_cd.sources.github.server import Found, Release, Server, Wanted, absent, endless, published, refused

AT_ONCE = 20
PAGE = 100
MOST_PAGES = 100
"""GitHub itself shows no more than 10,000 releases."""

RELEASES = (
    "releases(first: %d, orderBy: {field: CREATED_AT, direction: ASC}%s) { nodes "
    "{ tagName name isDraft isPrerelease isLatest tagCommit { oid } } pageInfo { hasNextPage endCursor } }"
)
TAGS = (
    'refs(refPrefix: "refs/tags/", first: %d, orderBy: {field: TAG_COMMIT_DATE, direction: ASC}%s) { nodes '
    "{ name target { oid ... on Tag { target { oid } } } } pageInfo { hasNextPage endCursor } }"
)


@dataclass(frozen=True, slots=True)
class _Place:
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
    open_places = [_Place(each) for each in wanted]
    while open_places:
        chunks = [open_places[start : start + AT_ONCE] for start in range(0, len(open_places), AT_ONCE)]
        results = web.side_by_side(lambda chunk: _page(server, chunk, web), chunks)
        open_places = []
        for chunk, result in zip(chunks, results, strict=True):
            for number, place in enumerate(chunk):
                after = result if isinstance(result, SourceFailed) else result[number]
                if isinstance(after, _Place):
                    open_places.append(after)
                else:
                    done[place.wanted] = after
    return done


def _page(server: Server, places: Sequence[_Place], web: Web) -> list[_Place | Found | SourceFailed]:
    """Ask one page of every place: each is then somewhere further on, at its end, or failed."""
    fields = " ".join(f"r{number}: {place.question}" for number, place in enumerate(places))
    answer = web.post(server.graphql, json={"query": f"query Releases {{ {fields} }}"}, headers=server.headers)
    said = parsed(answer)
    data = said.get("data") if isinstance(said, dict) else None
    if answer.status != OK or not isinstance(said, dict) or not isinstance(data, dict):
        raise refused(server, answer)
    errors = _by_alias(said.get("errors"))
    return [_after(server, place, data.get(f"r{n}"), errors.get(f"r{n}", "")) for n, place in enumerate(places)]


def _after(server: Server, place: _Place, node: Any, said: str) -> _Place | Found | SourceFailed:  # noqa: ANN401  # JSON
    if node is None:
        return absent(server, place.wanted.repository, said)
    try:
        return _further(place, node[place.what])
    except (KeyError, TypeError, AttributeError):
        return Unreachable(
            f"{server.host} answers for {'/'.join(place.wanted.repository)} in an unexpected shape.",
            host=server.host,
            probably=said or "Perhaps it is an old Enterprise Server.",
            now="The next run asks again.",
        )


def _further(place: _Place, connection: Mapping[str, Any]) -> _Place | Found | SourceFailed:
    more = tuple(_release(node) for node in connection["nodes"] if node)
    if place.what == "releases":
        found = replace(place.found, releases=place.found.releases + more)
    else:
        found = replace(place.found, tags=place.found.tags + more)
    page = connection["pageInfo"]
    if page["hasNextPage"]:
        further = replace(place, cursor=str(page["endCursor"]), pages=place.pages + 1, found=found)
        stuck = further.pages >= MOST_PAGES or further.cursor == place.cursor
        return endless(place.wanted.repository) if stuck else further
    if place.what == "releases" and place.wanted.tags and not published(found.releases):
        return _Place(place.wanted, "refs", found=found)
    return found


def _release(node: Mapping[str, Any]) -> Release:
    if "tagName" not in node:
        target = node.get("target") or {}
        return Release(node["name"], node["name"], commit=(target.get("target") or target).get("oid") or "")
    return Release(
        tag=node["tagName"],
        title=node.get("name") or "",
        commit=(node.get("tagCommit") or {}).get("oid") or "",
        draft=node["isDraft"],
        prerelease=node["isPrerelease"],
        latest=node["isLatest"],
    )


def _by_alias(errors: object) -> dict[str, str]:
    """GitHub's words on each field that it could not answer, by the field's alias."""
    found: dict[str, str] = {}
    for error in errors if isinstance(errors, list) else []:
        path = error.get("path") if isinstance(error, dict) else None
        if isinstance(path, list) and path:
            found.setdefault(str(path[0]), str(error.get("message") or ""))
    return found
