"""`kind: gittag`: the tags of Git repositories, over smart HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from profile_cd.credentials import NO_SECRET, Secret, own
from profile_cd.errors import BadCondition
from profile_cd.fields import VERSIONFILTER, Field, Table, Written, refused
from profile_cd.hosts import host_of
from profile_cd.model import Condition, Link, Order
from profile_cd.sources import links
from profile_cd.sources.answers import named
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.logins import login_for
from profile_cd.sources.session import Session
from profile_cd.sources.written import LOGIN, address, github_name, login_is_whole

TagKey = Literal["name", "hash"]
PREFIX = "refs/tags/"
PEELED = "^{}"
"""Marks what an annotated tag points to, beside the tag itself."""

LATEST = (
    "`kind: latest` takes the highest release, not the tag of the newest commit: a Git server does not list times. "
    "Say which versions may be taken, like `{kind: semver, pattern: ^1.0.0}`."
)
REGEX = (
    "`kind: regex` takes the last tag that matches by its letters, `9` behind `10`. "
    "Catch the version in a group and order it: `kind: regex/semver`."
)

FIELDS: Table = {
    "url": Field("The repository, like `https://github.com/acme/ledger.git`.", address=True),
    "owner": Field("The owner on GitHub, instead of `url`."),
    "repository": Field("The repository on GitHub, instead of `url`."),
    "versionfilter": VERSIONFILTER,
    **LOGIN,
    "path": refused("Give the `url` of the repository.", kind="text"),
    "key": Field("What of the tag is written: its name, or the hash of its commit.", choices=("name", "hash")),
    "lsremote": Field(
        "`true` takes tags in the order of their letters, and for `key: hash` a tag's own object.", "flag"
    ),
    "message": Field(ignored="Only targets use it."),
    "depth": Field(ignored="Nothing is cloned.", type="number"),
}


@dataclass(frozen=True, slots=True)
class GitTag:
    """`kind: gittag`: the tags of the Git repository at *url*, over http or https.

    *key* is what of a tag is written; *lsremote* says that the author reckons with what a server lists and no more.
    """

    url: str
    key: TagKey = "name"
    lsremote: bool = False
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
        key=cast("TagKey", spec.text("key", "name")),
        lsremote=spec.flag("lsremote"),
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def ask(sources: Sequence[GitTag], session: Session) -> Mapping[GitTag, Versions]:
    """The names of all tags, each repository asked once."""

    def tags(source: GitTag) -> tuple[str, ...]:
        given = own(source.username, source.password, source.token)
        refs = session.web.git_refs(source.url, login_for(source.url, given, session.credentials))
        names = [name for name in refs if name.startswith(PREFIX) and not name.endswith(PEELED) and named(name)]
        session.budget.take(source.host, source.product, len(names))
        if source.key == "hash":
            session.values.update({(source, name.removeprefix(PREFIX)): _hash(source, name, refs) for name in names})
        return tuple(name.removeprefix(PREFIX) for name in names)

    return dict(zip(sources, session.web.side_by_side(tags, list(sources)), strict=True))


def _hash(source: GitTag, name: str, refs: Mapping[str, str]) -> str:
    """The commit that the tag names; as updatecli with `lsremote`, an annotated tag's own object."""
    return refs[name] if source.lsremote else refs.get(f"{name}{PEELED}", refs[name])


def check(source: GitTag, condition: Condition) -> Sequence[str]:
    """What to say of a *condition* that reads an age out of the tags. Raises BadCondition where it would be guessed.

    Updatecli clones the repository and orders its tags by the time of their commits. A server lists them by their
    letters, without any time: `v1.9.0` behind `v1.10.0`. With `lsremote` updatecli has no more than that, either.
    """
    if condition.kind == "latest":
        return (LATEST,) if condition.pattern in ("", "latest") else ()
    if condition.kind != "regex":
        return ()
    if not source.lsremote:
        raise BadCondition(
            "`kind: regex` takes the tag whose commit is the newest, and a Git server does not list times.",
            now="Catch the version in a group and order it, with `kind: regex/semver`; `kind: lex` orders by letters.",
        )
    return (REGEX,)


def pages(source: GitTag, old: str, new: str, _session: Session) -> tuple[Link, ...]:
    """What lies between two tags, where the repository is at a forge that is known; nothing between commits."""
    root = links.repository(links.page(source.url))
    return links.comparison(root, old, new) if root else ()


KIND = Kind(spec=GitTag, fields=FIELDS, read=read, ask=ask, order=lambda _: Order.NONE, links=pages, check=check)
