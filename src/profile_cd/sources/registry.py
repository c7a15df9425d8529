"""Registries that speak the distribution protocol: challenges, tokens, tag lists and manifests.

Source of the rules: opencontainers/distribution-spec, and the token specification of distribution.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlencode, urljoin, urlsplit

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Answer, Login, Web

PAGE = 1000
MOST_PAGES = 1000
SCOPES_AT_ONCE = 40
OK, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY = 200, 401, 403, 404, 429

MANIFEST_TYPES = (
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A repository in a registry, and the login that its manifest brings along."""

    host: str
    repository: str
    login: Login | None = None

    @property
    def base(self) -> str:
        """The address that everything of it starts with. Loopback speaks plain HTTP, as for Docker."""
        scheme = "http" if is_loopback(self.host) else "https"
        return f"{scheme}://{self.host}/v2/{quote(self.repository)}"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way in that a registry offers."""

    scheme: str
    realm: str = ""
    service: str = ""
    scope: str = ""


Headers = Mapping[str, str]


def is_loopback(host: str) -> bool:
    """Whether *host* (with or without a port) is this machine."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def tags(places: Sequence[Place], web: Web) -> dict[Place, tuple[str, ...] | SourceFailed]:
    """All tags of every place, each registry challenged once and one token asked for all its repositories."""
    groups: dict[tuple[str, Login | None], list[Place]] = {}
    for place in dict.fromkeys(places):
        groups.setdefault((place.host, place.login), []).append(place)
    found: dict[Place, tuple[str, ...] | SourceFailed] = {}
    for group, answers in zip(
        groups.values(), web.side_by_side(lambda group: _tags_of(group, web), list(groups.values())), strict=True
    ):
        found |= dict.fromkeys(group, answers) if isinstance(answers, SourceFailed) else answers
    return found


def _tags_of(group: Sequence[Place], web: Web) -> dict[Place, tuple[str, ...] | SourceFailed]:
    """The tags of places that share a host and a login: one challenge, one token, then all side by side."""
    first = web.get(_first_page(group[0]), headers=known(group[0], web))
    if first.status == UNAUTHORIZED:
        enter(group, first, web)
        every = web.side_by_side(lambda place: _pages(place, _asked(place, web), web), group)
        return dict(zip(group, every, strict=True))
    others = web.side_by_side(lambda place: _pages(place, _asked(place, web), web), group[1:])
    own = web.side_by_side(lambda place: _pages(place, first, web), group[:1])
    return dict(zip(group, [*own, *others], strict=True))


def _first_page(place: Place) -> str:
    return f"{place.base}/tags/list?n={PAGE}"


def _asked(place: Place, web: Web) -> Answer:
    """The first page, with a token of its own where the common one does not cover it."""
    return _with_own_token(place, _first_page(place), web.get, {}, web)


def _with_own_token(place: Place, url: str, ask: Callable[..., Answer], headers: Headers, web: Web) -> Answer:
    answer = ask(url, headers={**headers, **known(place, web)})
    if answer.status != UNAUTHORIZED:
        return answer
    enter([place], answer, web)
    return ask(url, headers={**headers, **known(place, web)})


def known(place: Place, web: Web) -> Headers:
    """The header that let us in before, in this run; empty where there is none."""
    header = web.memory.get(("registry", place))
    return {"Authorization": header} if isinstance(header, str) else {}


def enter(group: Sequence[Place], refused: Answer, web: Web) -> None:
    """Answer the challenge of *refused* for every place of *group*, which share a host and a login.

    Raises SourceFailed where there is no way in.
    """
    host, login = group[0].host, group[0].login
    offered = challenges(refused.headers.get("www-authenticate", ""))
    bearer = next((each for each in offered if each.scheme == "bearer"), None)
    if login is not None and not login.user:
        _remember(group, f"Bearer {login.password.reveal()}", web)
        return
    if bearer is None or not bearer.realm.startswith(("http://", "https://")):
        if login is None:
            raise denied(group[0], refused)
        _remember(group, basic(login), web)
        return
    sent = login if login is not None and trusted(host, bearer.realm) else None
    for start in range(0, len(group), SCOPES_AT_ONCE):
        chunk = group[start : start + SCOPES_AT_ONCE]
        _remember(chunk, f"Bearer {_token(chunk, bearer, sent, web)}", web)


def _remember(group: Sequence[Place], header: str, web: Web) -> None:
    for place in group:
        web.memory["registry", place] = header


def _token(group: Sequence[Place], challenge: Challenge, login: Login | None, web: Web) -> str:
    fields = [("service", challenge.service)] if challenge.service else []
    if len(group) == 1 and challenge.scope and group[0].repository in challenge.scope:
        fields.append(("scope", challenge.scope))
    else:
        fields += [("scope", f"repository:{place.repository}:pull") for place in group]
    joint = "&" if "?" in challenge.realm else "?"
    headers = {"Authorization": basic(login)} if login else {}
    answer = web.get(f"{challenge.realm}{joint}{urlencode(fields)}", headers=headers)
    said = parsed(answer)
    token = said.get("token") or said.get("access_token") if isinstance(said, dict) else None
    if answer.status == OK and isinstance(token, str) and token:
        return token
    if answer.status in {UNAUTHORIZED, FORBIDDEN} and login is not None:
        raise SourceFailed(
            f"{group[0].host} does not accept the login ({words(answer)}).",
            now="Check the user name and the password or token in `registry-credentials` or in the manifest.",
        )
    if len(group) > 1:
        return ""
    raise denied(group[0], answer)


def trusted(host: str, realm: str) -> bool:
    """Whether a login for the registry at *host* may be sent to its token server at *realm*.

    Only to the same host, or to one with the same parent domain, as `auth.docker.io` for Docker Hub.
    """
    parts = urlsplit(realm)
    if parts.netloc == host:
        return parts.scheme == "https" or is_loopback(host)
    if parts.scheme != "https":
        return False
    name, other = host.partition(":")[0], parts.hostname or ""
    parent = ".".join(name.split(".")[1:])
    return other == parent or (parent.count(".") >= 1 and other.endswith(f".{parent}"))


def _pages(place: Place, answer: Answer, web: Web) -> tuple[str, ...]:
    """The tags of all pages, from the first page's *answer* on. Raises SourceFailed."""
    found: list[str] = []
    seen: set[str] = set()
    while True:
        found += _tags_in(place, answer)
        link = next_page(answer)
        if not link:
            return tuple(dict.fromkeys(found))
        if urlsplit(link)[:2] != urlsplit(answer.url)[:2]:
            raise SourceFailed(
                f"{place.host} sends us to another host for the next page of tags, which is not followed.",
                now="Tell the registry's operator.",
            )
        if link in seen or len(seen) > MOST_PAGES:
            raise SourceFailed(f"{place.host} never ends the tags of {place.repository}.")
        seen.add(link)
        answer = web.get(link, headers=known(place, web))


def _tags_in(place: Place, answer: Answer) -> list[str]:
    if answer.status == NOT_FOUND:
        raise SourceFailed(
            f"{place.host} knows no image `{place.repository}` ({words(answer)}).",
            probably="Its name is misspelt, or it is private.",
            now="Check the name, or add a login for the host to `registry-credentials`.",
        )
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        raise denied(place, answer)
    said = parsed(answer)
    if answer.status != OK or not isinstance(said, dict):
        raise Unreachable(
            f"{place.host} does not list the tags of {place.repository} ({words(answer)}).",
            host=place.host,
            now="The next run asks again.",
        )
    listed = said.get("tags") or []
    return [tag for tag in listed if isinstance(tag, str)]


def next_page(answer: Answer) -> str:
    """The address in the `Link` header with rel="next" (RFC 8288), made absolute; empty where there is none."""
    for target, parameters in re.findall(r"<([^>]*)>([^,<]*)", answer.headers.get("link", "")):
        if re.search(r'rel\s*=\s*"?next"?', parameters):
            return str(urljoin(answer.url, target))
    return ""


def challenges(header: str) -> list[Challenge]:
    """The challenges of a `WWW-Authenticate` header, which may hold several (RFC 9110, section 11.6.1)."""
    found = []
    for scheme, parameters in re.findall(
        r'(?:^|,)\s*(Bearer|Basic)\b((?:\s*,?\s*[a-zA-Z_]+\s*=\s*(?:"[^"]*"|[^\s,"]+))*)', header, re.IGNORECASE
    ):
        values = {
            name.lower(): quoted or plain
            for name, quoted, plain in re.findall(r'([a-zA-Z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))', parameters)
        }
        found.append(
            Challenge(scheme.lower(), values.get("realm", ""), values.get("service", ""), values.get("scope", ""))
        )
    return found


def manifest(place: Place, reference: str, web: Web, *, whole: bool) -> Answer:
    """The manifest of *reference*: its head only, or with *whole* all of it, which Docker Hub counts as a pull."""
    url = f"{place.base}/manifests/{quote(reference)}"
    return _with_own_token(place, url, web.get if whole else web.head, {"Accept": MANIFEST_TYPES}, web)


def basic(login: Login) -> str:
    """The header for Basic (RFC 7617)."""
    return "Basic " + b64encode(f"{login.user}:{login.password.reveal()}".encode()).decode("ascii")


def denied(place: Place, answer: Answer) -> SourceFailed:
    """The failure for a repository that may not be read."""
    return SourceFailed(
        f"{place.host} does not let us read {place.repository} ({words(answer)}).",
        probably="It is private, or its name is misspelt.",
        now="Add a login for the host to `registry-credentials`, or correct the name.",
    )


def words(answer: Answer) -> str:
    """A registry's own words in an error, with the status."""
    said = parsed(answer)
    errors = said.get("errors") if isinstance(said, dict) else None
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return f"status {answer.status}, {errors[0].get('code') or errors[0].get('message')}"
    return f"status {answer.status}"


def parsed(answer: Answer) -> object:
    """The JSON of an answer, None where it is none."""
    return json_of(answer.body)


def json_of(body: bytes) -> object:
    """*body* as JSON, None where it is none."""
    try:
        found: object = json.loads(body)
    except ValueError:
        return None
    return found
