"""A GitHub whose releases are asked for: its addresses, the token that belongs to it, and how it refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from profile_cd.credentials import Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.hosts import is_loopback
from profile_cd.neutral import line as shown
from profile_cd.protocols import FORBIDDEN, NOT_FOUND, TOO_MANY, UNAUTHORIZED, Answer
from profile_cd.sources.answers import parsed

GITHUB = "api.github.com"
Repository = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """A GitHub and the token that is shown to it; *own* where the manifest itself brought it."""

    host: str
    token: Secret
    own: bool = False

    @property
    def rest(self) -> str:
        """The address of its REST interface: an Enterprise Server has it below a path."""
        scheme = "http" if is_loopback(self.host) else "https"
        below = "" if self.host == GITHUB or self.host.endswith(".ghe.com") else "/api/v3"
        return f"{scheme}://{self.host}{below}"

    @property
    def graphql(self) -> str:
        """The address of its GraphQL interface."""
        return f"{self.rest.removesuffix('/v3')}/graphql"

    @property
    def headers(self) -> dict[str, str]:
        """What every question carries: the token, where there is one."""
        common = {"Accept": "application/vnd.github+json"}
        return {**common, "Authorization": f"Bearer {self.token.reveal()}"} if self.token else common


@dataclass(frozen=True, slots=True)
class Release:
    """One release, or one tag where a repository has no releases. *commit* is what the tag points to.

    *published* is when (RFC 3339), empty for a draft and a tag.
    """

    tag: str
    title: str = ""
    commit: str = ""
    draft: bool = False
    prerelease: bool = False
    latest: bool = False
    published: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sources of one repository need to know of it, beside its releases."""

    repository: Repository
    tags: bool = False
    """Its tags, where no published release is left."""
    commits: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The releases of a repository, and its tags where they count instead; both oldest first."""

    releases: tuple[Release, ...]
    tags: tuple[Release, ...] = ()


def published(releases: Iterable[Release]) -> bool:
    """Whether a release is left for a source that names no types."""
    return any(not release.draft and not release.prerelease for release in releases)


def absent(server: Server, repository: Repository, said: str = "") -> SourceFailed:
    """The failure for a repository that is not shown to us."""
    return SourceFailed(
        f"{server.host} shows no repository {'/'.join(repository)}."
        + (f" It says: {shown(said, 200)}" if said else ""),
        probably="Its name is misspelt, or it is private."
        if not server.token
        else "Its name is misspelt, or the token may not see it.",
        now="Check `owner` and `repository`, or give the source a `token` that may read it.",
    )


def endless(repository: Repository) -> SourceFailed:
    """The failure for a list that is longer than GitHub ever makes it."""
    return SourceFailed(f"The releases of {'/'.join(repository)} do not end.", now="Report it to its owner.")


def refused(server: Server, answer: Answer) -> SourceFailed:
    """The failure for an answer that is no list."""
    if answer.status == UNAUTHORIZED:
        return SourceFailed(
            f"{server.host} does not accept the token for releases (status 401).",
            probably="It has expired or was withdrawn.",
            now="Renew the secret behind the source's `token`." if server.own else "Renew the token of this run.",
        )
    if _limited(answer):
        more = "It is free again within the hour." if server.token else "Without a token one may ask 60 times an hour."
        return Unreachable(
            f"{server.host} lets us ask no more for now (status {answer.status}, rate limit).",
            host=server.host,
            probably=more,
            now="The next run asks again." if server.token else "Give the source a `token`.",
        )
    if answer.status == NOT_FOUND:
        return SourceFailed(
            f"{server.host} has no GitHub interface (status 404).", now="Check `url`, or leave it out for github.com."
        )
    said = message_of(answer)
    return Unreachable(
        f"{server.host} does not list releases (status {answer.status}{f': {said}' if said else ''}).",
        host=server.host,
        now="The next run asks again.",
    )


def message_of(answer: Answer) -> str:
    """GitHub's own words, in REST's shape or in GraphQL's; empty where there are none."""
    said = parsed(answer)
    if not isinstance(said, dict):
        return ""
    errors = said.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else said
    return shown(str(first.get("message") or ""), 200)


def _limited(answer: Answer) -> bool:
    words = message_of(answer).lower()
    if answer.status == TOO_MANY or "rate limit" in words:
        return True
    return answer.status == FORBIDDEN and answer.headers.get("x-ratelimit-remaining") == "0"
