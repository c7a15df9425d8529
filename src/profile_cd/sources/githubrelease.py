"""`kind: githubrelease`: releases of GitHub repositories, several of them in one GraphQL question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Answer, Published, Secret, Web
from profile_cd.sources import answers
from profile_cd.sources.credentials import Credentials
from profile_cd.sources.registry_door import is_loopback
from profile_cd.sources.specs import GitHubRelease, TypeFilter

AT_ONCE = 20
MOST_PAGES = 100
PAGE = 100
TAGS = "refs/tags/"

Repository = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """A GitHub and the token that is shown to it."""

    host: str
    token: Secret

    @property
    def rest(self) -> str:
        """The address of its REST interface."""
        scheme = "http" if is_loopback(self.host) else "https"
        return f"{scheme}://{self.host}" if self.host == "api.github.com" else f"{scheme}://{self.host}/api/v3"

    @property
    def graphql(self) -> str:
        """The address of its GraphQL interface."""
        return self.rest.removesuffix("/v3") + "/graphql"

    @property
    def headers(self) -> dict[str, str]:
        """With the token, where there is one."""
        return {"Authorization": f"Bearer {self.token.reveal()}"} if self.token else {}


@dataclass(frozen=True, slots=True)
class Release:
    """One release, or one tag where there are no releases."""

    tag: str
    title: str = ""
    commit: str = ""
    draft: bool = False
    prerelease: bool = False
    latest: bool = False


Found = tuple[list[Release], list[Release]]
"""The releases of a repository, and its tags; both oldest first."""


def ask(
    sources: Sequence[GitHubRelease], web: Web, credentials: Credentials
) -> Mapping[GitHubRelease, tuple[str, ...] | SourceFailed]:
    """The versions of every repository, oldest created first, as updatecli orders them."""
    servers: dict[Server, list[Repository]] = {}
    for source in sources:
        servers.setdefault(_server(source, credentials), []).append((source.owner, source.repository))
    answers: dict[tuple[Server, Repository], Found | SourceFailed] = {}
    for server, repositories in servers.items():
        distinct = list(dict.fromkeys(repositories))
        found = _by_graphql(server, distinct, web) if server.token else _by_rest(server, distinct, web)
        answers |= {(server, repository): answer for repository, answer in found.items()}
    return {
        source: _versions(source, answers[_server(source, credentials), (source.owner, source.repository)])
        for source in sources
    }


def detail(_source: GitHubRelease, _version: str, _web: Web, _credentials: Credentials) -> Published:
    """A release that is listed is there: nothing more is asked."""
    return Published(exists=True)


def _server(source: GitHubRelease, credentials: Credentials) -> Server:
    return Server(source.host, source.token or credentials.github_token(source.host))


def _versions(source: GitHubRelease, answer: Found | SourceFailed) -> tuple[str, ...] | SourceFailed:
    if isinstance(answer, SourceFailed):
        return answer
    releases, tags = answer
    kept = [release for release in releases if _passes(release, source.typefilter or TypeFilter())]
    if not kept and source.typefilter is None:
        kept = tags
    if not kept:
        return SourceFailed(
            f"{source.owner}/{source.repository} has no release of the type that is asked for.",
            now="Check `typefilter`, or whether the release is still a draft.",
        )
    field = {"tagname": "tag", "taghash": "commit", "title": "title"}[source.key]
    return tuple(value for release in kept if (value := getattr(release, field)))


def _passes(release: Release, wanted: TypeFilter) -> bool:
    """Updatecli's rule: `release` is meant only where draft, prerelease and release are all false."""
    plain = wanted.release or not (wanted.draft or wanted.prerelease)
    if wanted.latest:
        return release.latest
    if release.draft:
        return wanted.draft
    return wanted.prerelease if release.prerelease else plain


RELEASES = "nodes { tagName name isDraft isPrerelease isLatest tagCommit { oid } } pageInfo { hasNextPage endCursor }"
REFS = "nodes { name target { oid } } pageInfo { hasNextPage endCursor }"


def _by_graphql(server: Server, repositories: Sequence[Repository], web: Web) -> dict[Repository, Found | SourceFailed]:
    found: dict[Repository, Found | SourceFailed] = {repository: ([], []) for repository in repositories}
    waiting: list[tuple[Repository, str, str]] = [(repository, "releases", "") for repository in repositories]
    for _ in range(MOST_PAGES):
        if not waiting:
            break
        asked, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        waiting += _page(server, asked, found, web)
    return found


def _page(
    server: Server,
    asked: Sequence[tuple[Repository, str, str]],
    found: dict[Repository, Found | SourceFailed],
    web: Web,
) -> list[tuple[Repository, str, str]]:
    """Ask one page of every repository in *asked*; returns what is still to be asked."""
    query = " ".join(f"q{number}: {_field(*each)}" for number, each in enumerate(asked))
    try:
        data, errors = _answered(server, query, web)
    except SourceFailed as error:
        found.update(dict.fromkeys((repository for repository, _, _ in asked), error))
        return []
    more = []
    for number, (repository, what, _) in enumerate(asked):
        node = data.get(f"q{number}")
        known = found[repository]
        if node is None or isinstance(known, SourceFailed):
            found[repository] = _absent(repository, errors)
            continue
        connection = node[what]
        known[what == "refs"].extend(_release(each) for each in connection["nodes"] if each)
        if connection["pageInfo"]["hasNextPage"]:
            more.append((repository, what, str(connection["pageInfo"]["endCursor"])))
        elif what == "releases" and not known[0]:
            more.append((repository, "refs", ""))
    return more


def _field(repository: Repository, what: str, cursor: str) -> str:
    owner, name = (json.dumps(part) for part in repository)
    after = f", after: {json.dumps(cursor)}" if cursor else ""
    if what == "refs":
        order = "orderBy: {field: TAG_COMMIT_DATE, direction: ASC}"
        inner = f'refs(refPrefix: "{TAGS}", first: {PAGE}, {order}{after}) {{ {REFS} }}'
    else:
        inner = f"releases(first: {PAGE}, orderBy: {{field: CREATED_AT, direction: ASC}}{after}) {{ {RELEASES} }}"
    return f"repository(owner: {owner}, name: {name}) {{ {inner} }}"


def _answered(server: Server, query: str, web: Web) -> tuple[dict[str, Any], list[Any]]:
    answer = web.post(server.graphql, json={"query": "query Releases { " + query + " }"}, headers=server.headers)
    said = answers.parsed(answer)
    if answer.status == answers.OK and isinstance(said, dict) and isinstance(said.get("data"), dict):
        return said["data"], said.get("errors") or []
    raise _refused(server, answer)


def _release(node: dict[str, Any]) -> Release:
    if "tagName" not in node:
        return Release(node["name"], commit=(node.get("target") or {}).get("oid", ""))
    return Release(
        tag=node["tagName"],
        title=node.get("name") or "",
        commit=(node.get("tagCommit") or {}).get("oid", ""),
        draft=node["isDraft"],
        prerelease=node["isPrerelease"],
        latest=node["isLatest"],
    )


def _by_rest(server: Server, repositories: Sequence[Repository], web: Web) -> dict[Repository, Found | SourceFailed]:
    """Without a token GraphQL refuses, so each repository is asked by itself."""
    return dict(
        zip(repositories, web.side_by_side(lambda each: _rest_of(server, each, web), list(repositories)), strict=True)
    )


def _rest_of(server: Server, repository: Repository, web: Web) -> Found:
    base = f"{server.rest}/repos/{quote(repository[0])}/{quote(repository[1])}"
    listed = _rest_pages(server, f"{base}/releases?per_page={PAGE}", web, repository)
    releases = [
        Release(each["tag_name"], each.get("name") or "", "", bool(each["draft"]), bool(each["prerelease"]))
        for each in reversed(listed)
    ]
    if releases:
        return releases, []
    tags = _rest_pages(server, f"{base}/tags?per_page={PAGE}", web, repository)
    return [], [Release(each["name"], commit=each["commit"]["sha"]) for each in reversed(tags)]


def _rest_pages(server: Server, url: str, web: Web, repository: Repository) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _ in range(MOST_PAGES):
        answer = web.get(url, headers=server.headers)
        said = answers.parsed(answer)
        if answer.status == answers.NOT_FOUND:
            raise _absent(repository, [])
        if answer.status != answers.OK or not isinstance(said, list):
            raise _refused(server, answer)
        found += said
        url = answers.next_page(answer)
        if not url:
            break
    return found


def _absent(repository: Repository, errors: Sequence[Any]) -> SourceFailed:
    said = next((str(error.get("message")) for error in errors if isinstance(error, dict)), "")
    return SourceFailed(
        f"GitHub shows no repository {'/'.join(repository)}." + (f" It says: {said}" if said else ""),
        probably="Its name is misspelt, or the token may not see it.",
        now="Check `owner` and `repository`, or give the source a `token`.",
    )


def _refused(server: Server, answer: Answer) -> SourceFailed:
    if answer.status == answers.UNAUTHORIZED:
        return SourceFailed(
            f"{server.host} does not accept the token for releases (status 401).",
            now="Renew the secret behind the source's `token`.",
        )
    limited = answer.headers.get("x-ratelimit-remaining") == "0" or answer.status in {
        answers.FORBIDDEN,
        answers.TOO_MANY,
    }
    return Unreachable(
        f"{server.host} does not list releases (status {answer.status}{', rate limit' if limited else ''}).",
        host=server.host,
        now="Give the source a `token`: strangers may ask 60 times an hour." if limited else "The next run asks again.",
    )
