"""`kind: githubrelease`: releases of GitHub repositories, several of them in one question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast
from urllib.parse import quote

from profile_cd.credentials import NO_SECRET, Credentials, Login, Secret
from profile_cd.errors import SourceFailed, without_frames
from profile_cd.fields import CONDITION_ONLY, VERSIONFILTER, Field, Table, Written, refused
from profile_cd.hosts import host_of
from profile_cd.model import Link, Order
from profile_cd.sources import github, links, typefilter
from profile_cd.sources.github import GITHUB, Found, Release, Repository, Server, Wanted
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.logins import addresses, login_for
from profile_cd.sources.session import Session
from profile_cd.sources.typefilter import TypeFilter, passes
from profile_cd.sources.written import address, github_name

ReleaseKey = Literal["tagname", "taghash", "title"]
_OLD_KEYS = {"name": "tagname", "hash": "taghash"}

FIELDS: Table = {
    "owner": Field("The owner of the repository.", required=True),
    "repository": Field("The repository.", required=True),
    "url": Field("A GitHub Enterprise Server, where it is not GitHub.", address=True),
    "token": Field("Token that may read the repository.", secret=True),
    "username": Field("Has no effect.", secret=True),
    "typefilter": Field("Which releases count.", "mapping", old=("typeFilter",), below=typefilter.FIELDS),
    "key": Field(
        "What of the release is the version: its tag, the commit of its tag, or its title.",
        choices=("tagname", "taghash", "title"),
    ),
    "versionfilter": VERSIONFILTER,
    "app": refused("Give a `token`."),
    "tag": CONDITION_ONLY,
}


@dataclass(frozen=True, slots=True)
class GitHubRelease:
    """`kind: githubrelease`: the releases of a repository on GitHub, or at *url* on a GitHub Enterprise Server."""

    owner: str
    repository: str
    url: str = ""
    username: str = field(default="", repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)
    typefilter: TypeFilter | None = None
    key: ReleaseKey = "tagname"

    @property
    def id(self) -> str:
        """`githubrelease:owner/repository`."""
        return f"githubrelease:{self.owner}/{self.repository}"

    @property
    def product(self) -> str:
        """The repository's name."""
        return self.repository

    @property
    def host(self) -> str:
        """The host whose interface answers: `api.github.com` or the Enterprise Server's own."""
        host = host_of(self.url)
        return GITHUB if host in ("", "github.com", "www.github.com") else host


def read(spec: Written) -> GitHubRelease:
    """What is written below `spec`. Raises Unreadable."""
    written = spec.node("key").text
    if written in _OLD_KEYS:
        spec.warn("key", f"`key: {written}` is an earlier spelling. Write `key: {_OLD_KEYS[written]}`.")
    key = _OLD_KEYS.get(written) or spec.text("key", "tagname")
    return GitHubRelease(
        owner=github_name(spec, "owner"),
        repository=github_name(spec, "repository"),
        url=address(spec, ("https", "http"), "https") if spec.has("url") else "",
        username=spec.secret("username").reveal(),
        token=spec.secret("token"),
        typefilter=typefilter.read(spec),
        key=cast("ReleaseKey", key),
    )


def ask(sources: Sequence[GitHubRelease], session: Session) -> Mapping[GitHubRelease, Versions]:
    """The versions of every repository, oldest created first, as updatecli orders them."""
    places, failed = addresses(sources, lambda source: server_of(source, session.credentials))
    by_repository: dict[tuple[Server, Repository], list[GitHubRelease]] = {}
    for source, server in places.items():
        by_repository.setdefault((server, (source.owner, source.repository)), []).append(source)
    servers = list(dict.fromkeys(server for server, _ in by_repository))
    wanted = {asked: _wanted(asked[1], group) for asked, group in by_repository.items()}

    def of_server(server: Server) -> dict[Wanted, Found | SourceFailed]:
        return github.ask(server, [each for (its, _), each in wanted.items() if its == server], session.web)

    answers = dict(zip(servers, session.web.side_by_side(of_server, servers), strict=True))
    found: dict[GitHubRelease, Versions] = {**failed}
    for asked, group in by_repository.items():
        answer = answers[asked[0]]
        known = answer if isinstance(answer, SourceFailed) else answer[wanted[asked]]
        for source in group:
            found[source] = known if isinstance(known, SourceFailed) else _listed(source, known, session)
    return found


def _listed(source: GitHubRelease, found: Found, session: Session) -> Versions:
    """The tags that *source* chooses from; what is written for each is kept where that is not the tag."""
    kept = releases(source, found)
    if isinstance(kept, SourceFailed):
        return kept
    name = f"{source.owner}/{source.repository}"
    try:
        session.budget.take(source.host, name, len(kept))
    except SourceFailed as error:
        return without_frames(error)
    session.dates.update({(source, each.tag): each.published for each in kept})
    if source.key != "tagname":
        session.values.update({(source, each.tag): value(source, each) for each in kept})
    return tuple(each.tag for each in kept)


def value(source: GitHubRelease, release: Release) -> str:
    """What is written for *release*: the filter is for its tag, `key` for what is looked up then.

    Empty where it has no such thing: a draft has no commit yet, a release needs no title.
    """
    return {"tagname": release.tag, "taghash": release.commit, "title": release.title}[source.key]


def server_of(source: GitHubRelease, credentials: Credentials) -> Server:
    """Who answers for *source*, with the manifest's own token or the one that is known for this very server.

    Raises SourceFailed where the manifest's own one may not go there.
    """
    host = f"api.{source.host}" if _is_tenant(source.host) else source.host
    own = Login("", source.token) if source.token else None
    login_for(f"https://{host}", own, credentials)
    return Server(host, source.token or credentials.github_token(host), own=own is not None)


def releases(source: GitHubRelease, found: Found) -> tuple[Release, ...] | SourceFailed:
    """The releases of its repository that *source* counts, or its tags."""
    kept = tuple(release for release in found.releases if passes(release, source.typefilter or TypeFilter()))
    if not kept and source.typefilter is None:
        kept = found.tags
    return kept or _none_left(source, found)


def exists(source: GitHubRelease, version: str, session: Session) -> bool | None:
    """Whether the release of the tag *version* is there and of a type that counts; None where that cannot be known.

    Raises SourceFailed. What is written for a title or a commit, and which release is the latest, only the list says.
    """
    if source.key != "tagname" or (source.typefilter is not None and source.typefilter.latest):
        return None
    repository = (source.owner, source.repository)
    found = github.by_tag(server_of(source, session.credentials), repository, version, session.web)
    return found is not None and passes(found, source.typefilter or TypeFilter())


def created(source: GitHubRelease, version: str, session: Session) -> str:
    """When a release was published; empty for a bare tag. Asks nothing: `ask` has read it."""
    return session.dates.get((source, version), "")


def pages(source: GitHubRelease, old: str, new: str, session: Session) -> tuple[Link, ...]:
    """The notes of the release, and what lies between two of them. Asks nothing."""
    host = "github.com" if source.host == GITHUB else source.host.removeprefix("api.")
    root = links.page(f"https://{host}/{source.owner}/{source.repository}")
    if not root:
        return ()
    notes = Link("Release", f"{root}/releases/tag/{quote(new, safe='')}")
    if source.key != "taghash":
        return notes, *links.comparison(root, old, new, below="")
    commits = old, session.values.get((source, new), "")
    alike = commits[0] != commits[1] and all(re.fullmatch(r"[0-9a-f]{40}", each) for each in commits)
    return (notes, Link("Comparison", f"{root}/compare/{'...'.join(commits)}")) if alike else (notes,)


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


KIND = Kind(
    spec=GitHubRelease,
    fields=FIELDS,
    read=read,
    ask=ask,
    order=lambda _: Order.AGE,
    links=pages,
    created=created,
    exists=exists,
)
