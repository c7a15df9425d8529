"""`kind: helmchart`: the versions of charts, in an `index.yaml` or at an `oci://` registry."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import yaml

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Answer, Login, Published, Web
from profile_cd.sources import answers, registry
from profile_cd.sources.credentials import Credentials, own
from profile_cd.sources.helm_index import entry_of
from profile_cd.sources.registry_door import Place, basic
from profile_cd.sources.specs import HelmChart

Index = tuple[str, Login | None]


def ask(
    sources: Sequence[HelmChart], web: Web, credentials: Credentials
) -> Mapping[HelmChart, tuple[str, ...] | SourceFailed]:
    """The versions of every chart; charts of one repository share its index."""
    registries = [source for source in sources if source.oci]
    others = [source for source in sources if not source.oci]
    tags = registry.tags([_place(source, credentials) for source in registries], web)
    indexes = list(dict.fromkeys(_index(source, credentials) for source in others))
    answers = dict(zip(indexes, web.side_by_side(lambda index: _asked(index, web), indexes), strict=True))
    found: dict[HelmChart, tuple[str, ...] | SourceFailed] = {}
    for source in registries:
        listed = tags[_place(source, credentials)]
        # A tag cannot hold a `+`, so Helm writes `_` for it.
        found[source] = listed if isinstance(listed, SourceFailed) else tuple(tag.replace("_", "+") for tag in listed)
    for source in others:
        answer = answers[_index(source, credentials)]
        found[source] = answer if isinstance(answer, SourceFailed) else _listed(source, answer)
    return found


def detail(_source: HelmChart, _version: str, _web: Web, _credentials: Credentials) -> Published:
    """A version in the index is there: nothing more is asked."""
    return Published(exists=True)


def _place(source: HelmChart, credentials: Credentials) -> Place:
    parts = urlsplit(source.url)
    login = own(source.username, source.password, source.token) or credentials.for_host(parts.netloc)
    return Place(parts.netloc, f"{parts.path.strip('/')}/{source.name}".lstrip("/"), login)


def _index(source: HelmChart, credentials: Credentials) -> Index:
    url = source.url if source.url.endswith("index.yaml") else f"{source.url.rstrip('/')}/index.yaml"
    login = own(source.username, source.password, source.token)
    return url, login or credentials.for_host(urlsplit(url).netloc)


def _asked(index: Index, web: Web) -> Answer:
    url, login = index
    headers = {}
    if login is not None:
        token = f"Bearer {login.password.reveal()}"
        headers = {"Authorization": basic(login) if login.user else token}
    answer = web.get(url, headers=headers)
    if answer.status == answers.OK:
        return answer
    host = urlsplit(url).netloc
    if answer.status in {answers.UNAUTHORIZED, answers.FORBIDDEN}:
        raise SourceFailed(
            f"{host} does not let us read the chart index (status {answer.status}).",
            now="Add a login for the host to `registry-credentials`, or to the manifest.",
        )
    if answer.status == answers.NOT_FOUND:
        raise SourceFailed(
            f"There is no chart index at {url} (status 404).",
            now="Check `url`: it is the address that `helm repo add` takes.",
        )
    raise Unreachable(
        f"{host} gave no chart index (status {answer.status}).", host=host, now="The next run asks again."
    )


def _listed(source: HelmChart, answer: Answer) -> tuple[str, ...] | SourceFailed:
    try:
        text = answer.body.decode("utf-8")
        entries = _entries_json(text, source.name) if text.lstrip().startswith("{") else entry_of(text, source.name)
    except (ValueError, yaml.YAMLError) as error:
        return SourceFailed(
            f"The chart index at {source.url} cannot be read ({type(error).__name__}).",
            now="Run `helm repo index` anew, or tell the repository's operator.",
        )
    if entries is None:
        return SourceFailed(
            f"The repository {source.url} has no chart `{source.name}`.",
            probably="It is misspelt, or not published yet.",
            now="Look at `helm search repo`.",
        )
    versions = [entry.get("version") for entry in entries if isinstance(entry, dict)]
    return tuple(version for version in versions if isinstance(version, str))


def _entries_json(text: str, name: str) -> list[object] | None:
    index = json.loads(text)
    entries = index.get("entries") if isinstance(index, dict) else None
    found = entries.get(name) if isinstance(entries, dict) else None
    return found if isinstance(found, list) else None
