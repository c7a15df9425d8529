"""`kind: githubrelease`: releases of GitHub repositories, several of them in one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from profile_cd.credentials import Credentials
from profile_cd.errors import SourceFailed
from profile_cd.model import Link, Published
from profile_cd.protocols import Web
from profile_cd.sources.github import GITHUB, Found, Release, Repository, Server, Wanted
from profile_cd.sources.github import graphql as github_graphql
from profile_cd.sources.github import rest as github_rest
from profile_cd.sources.specs import GitHubRelease, TypeFilter

FIELDS = {"tagname": "tag", "taghash": "commit", "title": "title"}


def ask(
    sources: Sequence[GitHubRelease], web: Web, credentials: Credentials
) -> Mapping[GitHubRelease, tuple[str, ...] | SourceFailed]:
    """The versions of every repository, oldest created first, as updatecli orders them."""
    by_place: dict[tuple[Server, Repository], list[GitHubRelease]] = {}
    for source in sources:
        by_place.setdefault((server_of(source, credentials), (source.owner, source.repository)), []).append(source)
    servers = list(dict.fromkeys(server for server, _ in by_place))
    wanted = {place: _wanted(place[1], group) for place, group in by_place.items()}

    def of_server(server: Server) -> dict[Wanted, Found | SourceFailed]:
        asked = [each for (its, _), each in wanted.items() if its == server]
        return github_graphql.ask(server, asked, web) if server.token else github_rest.ask(server, asked, web)

    answers = dict(zip(servers, web.side_by_side(of_server, servers), strict=True))
    found: dict[GitHubRelease, tuple[str, ...] | SourceFailed] = {}
    for place, group in by_place.items():
        answer = answers[place[0]]
        known = answer if isinstance(answer, SourceFailed) else answer[wanted[place]]
        found |= {source: known if isinstance(known, SourceFailed) else versions(source, known) for source in group}
    return found


def detail(source: GitHubRelease, version: str, _web: Web, _credentials: Credentials) -> Published:
    """A release that is listed is there: nothing more is asked."""
    if source.key != "tagname":
        return Published(exists=True)
    host = "github.com" if source.host == GITHUB else source.host
    page = f"https://{host}/{source.owner}/{source.repository}/releases/tag/{quote(version, safe='')}"
    return Published(exists=True, links=(Link(f"Release {version}", page),))


def server_of(source: GitHubRelease, credentials: Credentials) -> Server:
    """Who answers for *source*, with the manifest's own token or the one that is known for this very server."""
    host = f"api.{source.host}" if _is_tenant(source.host) else source.host
    return Server(host, source.token or credentials.github_token(host), own=bool(source.token))


def versions(source: GitHubRelease, found: Found) -> tuple[str, ...] | SourceFailed:
    """What *source* wants of the releases of its repository."""
    kept = [release for release in found.releases if passes(release, source.typefilter or TypeFilter())]
    if not kept and source.typefilter is None:
        kept = list(found.tags)
    if not kept:
        return _none_left(source, found)
    return tuple(value for release in kept if (value := getattr(release, FIELDS[source.key])))


def passes(release: Release, wanted: TypeFilter) -> bool:
    """Updatecli's rule: `release` is meant only where draft, prerelease and release are all false."""
    plain = wanted.release or not (wanted.draft or wanted.prerelease)
    if wanted.latest and not release.latest:
        return False
    if release.draft:
        return wanted.draft
    return wanted.prerelease if release.prerelease else plain


def _wanted(repository: Repository, group: Sequence[GitHubRelease]) -> Wanted:
    return Wanted(
        repository,
        tags=any(source.typefilter is None for source in group),
        commits=any(source.key == "taghash" for source in group),
        latest=any(source.typefilter is not None and source.typefilter.latest for source in group),
    )


def _none_left(source: GitHubRelease, found: Found) -> SourceFailed:
    name = f"{source.owner}/{source.repository}"
    if not found.releases:
        return SourceFailed(
            f"{name} has no releases" + (" and no tags." if source.typefilter is None else "."),
            now="Check the name, or take `kind: gittag` where it only has tags.",
        )
    return SourceFailed(
        f"{name} has {len(found.releases)} releases, but none of the types that `typefilter` asks for.",
        probably="`prerelease: true` alone means only prereleases."
        if source.typefilter and source.typefilter.prerelease
        else "Perhaps they are drafts or prereleases.",
        now="Correct `typefilter`.",
    )


def _is_tenant(host: str) -> bool:
    """Whether *host* is a company's own place on GitHub, whose interface has a name of its own."""
    return host.endswith(".ghe.com") and not host.startswith("api.")
