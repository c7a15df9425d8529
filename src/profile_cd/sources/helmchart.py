"""`kind: helmchart`: the versions of charts, in an `index.yaml` or at an `oci://` registry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from urllib.parse import urlsplit

from profile_cd.credentials import NO_SECRET, Login, Secret, own
from profile_cd.errors import SourceFailed, Unreadable, without_frames
from profile_cd.fields import CONDITION_ONLY, VERSIONFILTER, Field, Table, Written
from profile_cd.hosts import host_of
from profile_cd.model import Condition, Link, Order
from profile_cd.neutral import line as shown
from profile_cd.sources import helm, links, registry
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.logins import addresses, login_for
from profile_cd.sources.session import Session
from profile_cd.sources.written import LOGIN, address, login_is_whole
from profile_cd.versions import parse

FIELDS: Table = {
    "url": Field("The chart repository: `https://…` or `oci://…`.", required=True, address=True),
    "name": Field("The chart.", required=True),
    "versionfilter": VERSIONFILTER,
    **LOGIN,
    "version": CONDITION_ONLY,
    **dict.fromkeys(
        ("file", "key", "value", "skippackaging", "versionincrement", "appversion"),
        Field(ignored="Only chart targets use it."),
    ),
}
MOST_NEAR, LONGEST_NEAR = 2000, 100
"""Charts, and characters of each, among which the one that was meant is looked for: that takes time by the square."""
_CHART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@dataclass(frozen=True, slots=True)
class HelmChart:
    """`kind: helmchart`: the versions of the chart *name* in the repository at *url* (`https:`, `http:` or `oci:`)."""

    url: str
    name: str
    username: str = field(default="", repr=False)
    password: Secret = field(default=NO_SECRET, repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)

    @property
    def id(self) -> str:
        """`helmchart:`, the repository and the chart."""
        return f"helmchart:{self.url}#{self.name}"

    @property
    def product(self) -> str:
        """The chart's name."""
        return self.name

    @property
    def host(self) -> str:
        """The host of the repository, with its port where it has one."""
        return host_of(self.url)

    @property
    def oci(self) -> bool:
        """Whether the chart lies in a registry rather than behind an `index.yaml`."""
        return self.url.startswith("oci://")


def read(spec: Written) -> HelmChart:
    """What is written below `spec`. Raises Unreadable."""
    login_is_whole(spec)
    if not _CHART.fullmatch(spec.text("name")) or ".." in spec.text("name"):
        raise Unreadable(
            f"`name` is `{shown(spec.text('name'), 80)}`, which is no name of a chart.",
            line=spec.at("name"),
            now="Write the name as it stands in the repository's index.",
        )
    return HelmChart(
        url=address(spec, ("https", "http", "oci")),
        name=spec.text("name"),
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def ask(sources: Sequence[HelmChart], session: Session) -> Mapping[HelmChart, Versions]:
    """The versions of every chart; charts of one repository share its index."""
    in_registries = [source for source in sources if source.oci]
    in_indexes = [source for source in sources if not source.oci]
    halves = [partial(_in_registries, in_registries, session), partial(_in_indexes, in_indexes, session)]
    found: dict[HelmChart, Versions] = {}
    for half in session.web.side_by_side(lambda ask_half: ask_half(), halves):
        if isinstance(half, SourceFailed):
            raise half
        found |= half
    return found


def pages(source: HelmChart, _old: str, new: str, session: Session) -> tuple[Link, ...]:
    """The pages that the index gives for a version: `sources`, then `home`. Asks nothing: `ask` has read it."""
    text = b"" if source.oci else session.indexes.get(_index(source, session), b"")
    return links.of_pages(helm.pages(text, source.name, new) if text else ())


def created(source: HelmChart, version: str, session: Session) -> str:
    """When a version was published, as the index or the chart's manifest says. Raises SourceFailed."""
    if source.oci:
        return links.created(_repository(source, session), version, None, session.registries)
    body = session.indexes.get(_index(source, session))
    return helm.created(body, source.name, version) if body else ""


def exists(source: HelmChart, version: str, session: Session) -> bool | None:
    """Whether a registry has the chart's tag, listed or not; None for an index, which is all there is to ask.

    None for metadata, too, which a tag spells otherwise. Raises SourceFailed where the registry does not say.
    """
    if not source.oci or "+" in version:
        return None
    return registry.has_tag(_repository(source, session), version, session.registries)


def order(source: HelmChart) -> Order:
    """An index is put in order; a registry's tags stay as they are delivered."""
    return Order.NONE if source.oci else Order.VERSION


def check(source: HelmChart, condition: Condition) -> Sequence[str]:
    """What to say of a *condition* that reads an age out of a registry's list."""
    return registry.unordered(condition) if source.oci else ()


def spellings(source: HelmChart, version: str) -> Sequence[str]:
    """A registry's tag, and the version that Helm reads in it: a tag cannot hold the `+` of metadata (HIP-6)."""
    return (version, version.replace("_", "+")) if source.oci and "_" in version else (version,)


def _in_registries(sources: Sequence[HelmChart], session: Session) -> dict[HelmChart, Versions]:
    repositories, failed = addresses(sources, lambda source: _repository(source, session))
    tags = registry.tags(list(repositories.values()), session.registries)
    return {**failed, **{source: tags[repository] for source, repository in repositories.items()}}


def _repository(source: HelmChart, session: Session) -> registry.Repository:
    login = _login(source, source.url, session)
    name = f"{urlsplit(source.url).path.strip('/')}/{source.name}".lstrip("/")
    return registry.Repository(source.host, name, login, session.credentials.paired(login))


def _login(source: HelmChart, url: str, session: Session) -> Login | None:
    return login_for(url, own(source.username, source.password, source.token), session.credentials)


def _in_indexes(sources: Sequence[HelmChart], session: Session) -> dict[HelmChart, Versions]:
    indexes, failed = addresses(sources, lambda source: _index(source, session))
    by_index: dict[helm.Address, list[HelmChart]] = {}
    for source, index in indexes.items():
        by_index.setdefault(index, []).append(source)

    def ask_one(index: helm.Address) -> helm.ChartIndex:
        body = helm.fetch(index, session.web)
        with session.budget.parsing(len(body)):
            found = helm.charts(index, body, {source.name for source in by_index[index]})
        session.indexes[index] = found.text
        return found

    answers = session.web.side_by_side(ask_one, list(by_index))
    found: dict[HelmChart, Versions] = {**failed}
    for group, answer in zip(by_index.values(), answers, strict=True):
        for source in group:
            found[source] = answer if isinstance(answer, SourceFailed) else _versions(source, answer, session)
    return found


def _index(source: HelmChart, session: Session) -> helm.Address:
    url = source.url if source.url.endswith("index.yaml") else f"{source.url.rstrip('/')}/index.yaml"
    return url, _login(source, url, session)


def lowest_first(versions: Sequence[str]) -> tuple[str, ...]:
    """The *versions* of an index as updatecli orders them: what is none first, and of equal ones the last listed."""
    parsed = [(parse(text), text) for text in reversed(versions)]
    rest = [text for version, text in parsed if version is None]
    found = sorted(((version, text) for version, text in parsed if version is not None), key=lambda each: each[0].order)
    return (*rest, *(text for _, text in found))


def _versions(source: HelmChart, index: helm.ChartIndex, session: Session) -> Versions:
    if source.name in index.versions:
        listed = index.versions[source.name]
        try:
            session.budget.take(source.host, source.name, len(listed))
        except SourceFailed as error:
            return without_frames(error)
        return lowest_first(listed)
    if source.name in index.charts:
        return SourceFailed(
            f"The repository {shown(source.url)} lists no versions of its chart `{source.name}`.",
            probably="They were deleted, or its index was made by hand.",
            now="Publish a version, or look at what `helm search repo` shows.",
        )
    names = [name for name in index.charts if len(name) <= LONGEST_NEAR][:MOST_NEAR]
    near = get_close_matches(source.name, names, n=1)
    return SourceFailed(
        f"The repository {shown(source.url)} has no chart `{source.name}`.",
        probably=f"Perhaps `{shown(near[0], 80)}` is meant." if near else "It is misspelt, or not published yet.",
        now="Look at what `helm search repo` shows.",
    )


KIND = Kind(
    spec=HelmChart,
    fields=FIELDS,
    read=read,
    ask=ask,
    order=order,
    links=pages,
    default_filter="semver",
    check=check,
    spellings=spellings,
    created=created,
    exists=exists,
)
