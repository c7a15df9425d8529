"""`kind: gittag`: the tags of Git repositories, over smart HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.credentials import NO_SECRET, Secret, own
from profile_cd.fields import VERSIONFILTER, Field, Table, Written, refused
from profile_cd.hosts import host_of
from profile_cd.model import Link, Order
from profile_cd.sources import links
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.session import Session
from profile_cd.sources.written import LOGIN, address, github_name, login_is_whole

PREFIX = "refs/tags/"
PEELED = "^{}"
"""Marks what an annotated tag points to, beside the tag itself."""

FIELDS: Table = {
    "url": Field("The repository, like `https://github.com/acme/ledger.git`."),
    "owner": Field("The owner on GitHub, instead of `url`."),
    "repository": Field("The repository on GitHub, instead of `url`."),
    "versionfilter": VERSIONFILTER,
    **LOGIN,
    "path": refused("Give the `url` of the repository.", kind="text"),
    "key": refused("Tags are taken by name.", kind="text"),
    "message": Field(ignored="Only targets use it."),
    "lsremote": Field(ignored="Tags are always asked from the remote.", type="flag"),
    "depth": Field(ignored="Nothing is cloned.", type="number"),
}


@dataclass(frozen=True, slots=True)
class GitTag:
    """`kind: gittag`: the tags of the Git repository at *url*, over http or https."""

    url: str
    username: str = field(default="", repr=False)
    password: Secret = field(default=NO_SECRET, repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)

    @property
    def id(self) -> str:
        """`gittag:` and the repository's address."""
        return f"gittag:{self.url}"

    @property
    def product(self) -> str:
        """The last component of the address, without `.git`."""
        return self.url.rstrip("/").rpartition("/")[2].removesuffix(".git")

    @property
    def host(self) -> str:
        """The host of the repository, with its port where it has one."""
        return host_of(self.url)


def read(spec: Written) -> GitTag:
    """What is written below `spec`. Raises Unreadable."""
    spec.only_one("url", "owner", required=True)
    login_is_whole(spec)
    if spec.has("url"):
        url = address(spec, ("https", "http"))
    else:
        url = f"https://github.com/{github_name(spec, 'owner')}/{github_name(spec, 'repository')}.git"
    return GitTag(
        url=url,
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def ask(sources: Sequence[GitTag], session: Session) -> Mapping[GitTag, Versions]:
    """The names of all tags, each repository asked once."""

    def tags(source: GitTag) -> tuple[str, ...]:
        login = own(source.username, source.password, source.token) or session.credentials.for_host(source.host)
        refs = session.web.git_refs(source.url, login)
        return tuple(
            name.removeprefix(PREFIX) for name in refs if name.startswith(PREFIX) and not name.endswith(PEELED)
        )

    return dict(zip(sources, session.web.side_by_side(tags, list(sources)), strict=True))


def pages(source: GitTag, old: str, new: str, _session: Session) -> tuple[Link, ...]:
    """What lies between two tags, where the repository is at a forge that is known."""
    root = links.repository(links.page(source.url))
    return links.comparison(root, old, new) if root else ()


KIND = Kind(spec=GitTag, fields=FIELDS, read=read, ask=ask, order=lambda _: Order.NONE, links=pages)
