"""`kind: helmchart`: the versions of charts, in an `index.yaml` or at an `oci://` registry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from urllib.parse import urlsplit

from profile_cd.credentials import Credentials, Login, own
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Published
from profile_cd.neutral import line as shown
from profile_cd.protocols import Answer, Web
from profile_cd.sources.answers import FORBIDDEN, NOT_FOUND, OK, UNAUTHORIZED
from profile_cd.sources.helm import ChartIndex, NoIndex, pages, read
from profile_cd.sources.registry import Place, basic
from profile_cd.sources.registry import tags as registry
from profile_cd.sources.specs import HelmChart

Versions = tuple[str, ...] | SourceFailed
Index = tuple[str, Login | None]
"""The address of an index and the login for it."""


def ask(sources: Sequence[HelmChart], web: Web, credentials: Credentials) -> Mapping[HelmChart, Versions]:
    """The versions of every chart; charts of one repository share its index."""
    in_registries = [source for source in sources if source.oci]
    in_indexes = [source for source in sources if not source.oci]
    halves = [
        partial(_in_registries, in_registries, web, credentials),
        partial(_in_indexes, in_indexes, web, credentials),
    ]
    found: dict[HelmChart, Versions] = {}
    for half in web.side_by_side(lambda ask_half: ask_half(), halves):
        if isinstance(half, SourceFailed):
            raise half
        found |= half
    return found


def detail(_source: HelmChart, _version: str, _web: Web, _credentials: Credentials) -> Published:
    """A version that is listed is there: nothing more is asked."""
    return Published(exists=True)


def told(source: HelmChart, version: str, web: Web, credentials: Credentials) -> tuple[str, ...]:
    """The addresses that the index gives for a version: `sources`, then `home`. Asks nothing: `ask` has read it."""
    body = web.memory.get(("chart index", _index(source, credentials)))
    return pages(body.decode("utf-8-sig", "replace"), source.name, version) if isinstance(body, bytes) else ()


def _in_registries(sources: Sequence[HelmChart], web: Web, credentials: Credentials) -> dict[HelmChart, Versions]:
    tags = registry.tags([_place(source, credentials) for source in sources], web)
    return {source: _with_metadata(tags[_place(source, credentials)]) for source in sources}


def _with_metadata(tags: Versions) -> Versions:
    """A tag cannot hold the `+` of a version's metadata, so Helm writes `_` for it."""
    return tags if isinstance(tags, SourceFailed) else tuple(tag.replace("_", "+") for tag in tags)


def _place(source: HelmChart, credentials: Credentials) -> Place:
    parts = urlsplit(source.url)
    login = own(source.username, source.password, source.token) or credentials.for_host(source.host)
    return Place(source.host, f"{parts.path.strip('/')}/{source.name}".lstrip("/"), login, credentials.pairs)


def _in_indexes(sources: Sequence[HelmChart], web: Web, credentials: Credentials) -> dict[HelmChart, Versions]:
    by_index: dict[Index, list[HelmChart]] = {}
    for source in sources:
        by_index.setdefault(_index(source, credentials), []).append(source)

    def ask_one(index: Index) -> ChartIndex:
        answer = _fetched(index, web)
        web.memory["chart index", index] = answer.body
        return _read(index[0], answer, {source.name for source in by_index[index]})

    answers = web.side_by_side(ask_one, list(by_index))
    return {
        source: answer if isinstance(answer, SourceFailed) else _versions(source, answer)
        for group, answer in zip(by_index.values(), answers, strict=True)
        for source in group
    }


def _index(source: HelmChart, credentials: Credentials) -> Index:
    url = source.url if source.url.endswith("index.yaml") else f"{source.url.rstrip('/')}/index.yaml"
    return url, own(source.username, source.password, source.token) or credentials.for_host(source.host)


def _fetched(index: Index, web: Web) -> Answer:
    url, login = index
    host = urlsplit(url).netloc
    answer = web.get(url, headers=_header(login))
    if answer.status == OK:
        return answer
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        raise SourceFailed(
            f"{host} does not let us read the chart index (status {answer.status}).",
            probably="The repository is private." if login is None else "The login is wrong, or may not read it.",
            now="Add a login for the host to `registry-credentials`, or to the manifest."
            if login is None
            else "Check the user name and the password or token.",
        )
    if answer.status == NOT_FOUND:
        raise SourceFailed(
            f"There is no chart index at {shown(url)} (status 404).",
            now="Check `url`: it is the address that `helm repo add` takes.",
        )
    raise Unreachable(
        f"{host} gives no chart index (status {answer.status}).", host=host, now="The next run asks again."
    )


def _header(login: Login | None) -> Mapping[str, str]:
    if login is None:
        return {}
    return {"Authorization": basic(login) if login.user else f"Bearer {login.password.reveal()}"}


def _read(url: str, answer: Answer, names: Collection[str]) -> ChartIndex:
    try:
        return read(answer.body.decode("utf-8-sig"), names)
    except (NoIndex, UnicodeDecodeError) as error:
        raise SourceFailed(
            f"What stands at {shown(url)} is no chart index.",
            probably="Perhaps a proxy or a sign-in page answered, or `url` is that of a web page.",
            now="Check `url`: it is the address that `helm repo add` takes.",
        ) from error


def _versions(source: HelmChart, index: ChartIndex) -> Versions:
    if source.name in index.versions:
        return index.versions[source.name]
    near = get_close_matches(source.name, index.charts, n=1)
    return SourceFailed(
        f"The repository {shown(source.url)} has no chart `{source.name}`.",
        probably=f"Perhaps `{shown(near[0], 80)}` is meant." if near else "It is misspelt, or not published yet.",
        now="Look at what `helm search repo` shows.",
    )
