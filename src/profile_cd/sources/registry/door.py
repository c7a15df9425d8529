"""How one gets into a registry: its challenges and its token server. A login goes to its own host and no further.

Source of the rules: RFC 9110, section 11, and distribution's token specification.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlencode, urlsplit

from profile_cd.credentials import Login
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.protocols import Answer, Web
from profile_cd.sources.answers import FORBIDDEN, LONGEST_HEADER, OK, UNAUTHORIZED, parsed, words

SCOPES_AT_ONCE = 40
Headers = Mapping[str, str]

_CHALLENGE = re.compile(r'(?:^|,)\s*(Bearer|Basic)\b((?:[\s,]*[a-zA-Z_]+\s*=\s*(?:"[^"]*"|[^\s,"]+))*)', re.IGNORECASE)
_PARAMETER = re.compile(r'([a-zA-Z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))')
_SHARED_PARENT = re.compile(r"(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Place:
    """A repository in a registry, and the login for it. *others* are logins for other hosts, each for its own."""

    host: str
    repository: str
    login: Login | None = None
    others: tuple[tuple[str, Login], ...] = ()

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


def is_loopback(host: str) -> bool:
    """Whether *host* (with or without a port) is this machine."""
    name = urlsplit(f"//{host}").hostname or ""
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def through(place: Place, url: str, ask: Callable[..., Answer], headers: Headers, web: Web) -> Answer:
    """*ask* for *url* with what let us in before; on a refusal answer the challenge and ask once more."""
    answer = ask(url, headers={**headers, **known(place, web)})
    if answer.status == FORBIDDEN and web.memory.pop(("joint", place), None):
        # One repository that is closed to us can spoil a token for many: ask for one of its own.
        web.memory.pop(("registry", place), None)
        answer = ask(url, headers=headers)
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
    if bearer.realm.startswith("http://") and not is_loopback(host):
        # Its answer would go back to the registry: nobody may make us fetch what lies open inside a network.
        raise SourceFailed(
            f"{host} sends us to a token server without encryption, which is not asked.",
            now="Tell the registry's operator.",
        )
    sent = login if login is not None and trusted(host, bearer.realm) else _login_at(bearer.realm, group[0])
    for start in range(0, len(group), SCOPES_AT_ONCE):
        chunk = group[start : start + SCOPES_AT_ONCE]
        token = _token(chunk, bearer, sent, web)
        if token:
            _remember(chunk, f"Bearer {token}", web)
            web.memory.update({("joint", place): True for place in chunk if len(chunk) > 1})


def _login_at(realm: str, place: Place) -> Login | None:
    """The login that somebody gave for the token server itself, where that is a host of its own."""
    if not realm.startswith("https://"):
        return None
    return next((login for host, login in place.others if host == _netloc(realm)), None)


def _remember(group: Sequence[Place], header: str, web: Web) -> None:
    for place in group:
        web.memory["registry", place] = header


def _token(group: Sequence[Place], challenge: Challenge, login: Login | None, web: Web) -> str:
    """A token for all of *group*; empty where it is refused for several at once, so that each must ask by itself."""
    fields = [("service", challenge.service)] if challenge.service else []
    if len(group) == 1 and f":{group[0].repository}:" in challenge.scope:
        fields.append(("scope", challenge.scope))
    else:
        fields += [("scope", f"repository:{place.repository}:pull") for place in group]
    joint = "&" if "?" in challenge.realm else "?"
    headers = {"Authorization": basic(login)} if login else {}
    answer = web.get(f"{challenge.realm}{joint}{urlencode(fields)}", headers=headers)
    said = parsed(answer)
    token = (said.get("token") or said.get("access_token")) if isinstance(said, dict) else None
    if answer.status == OK and isinstance(token, str) and re.fullmatch(r"[!-~]+", token):
        return token
    if login is not None and (answer.status == UNAUTHORIZED or (answer.status == FORBIDDEN and len(group) == 1)):
        raise SourceFailed(
            f"{group[0].host} does not accept the login ({words(answer)}).",
            now="Check the user name and the password or token in `registry-credentials` or in the manifest.",
        )
    if len(group) > 1:
        return ""
    if answer.status == OK:
        raise Unreachable(
            f"The token server of {group[0].host} gave no token ({words(answer)}).",
            host=group[0].host,
            now="The next run asks again.",
        )
    raise denied(group[0], answer)


def trusted(host: str, realm: str) -> bool:
    """Whether a login for the registry at *host* may be sent to its token server at *realm*.

    Only to the same host, to its parent domain, as `gitlab.com` for `registry.gitlab.com`, or to a
    neighbour below it, as `auth.docker.io` for Docker Hub.
    """
    encrypted, place = realm.startswith("https://"), _netloc(realm)
    if place == host:
        return encrypted or is_loopback(host)
    name, other = urlsplit(f"//{host}").hostname or "", urlsplit(f"//{place}").hostname or ""
    if not encrypted or is_loopback(host):
        return False
    if name == other:
        return True
    parent = name.partition(".")[2]
    if "." not in parent or _is_address(name) or _SHARED_PARENT.fullmatch(parent):
        return False
    return other == parent or other.endswith(f".{parent}")


def challenges(header: str) -> list[Challenge]:
    """The challenges of a `WWW-Authenticate` header, which may hold several (RFC 9110, section 11.6.1)."""
    found = []
    for scheme, parameters in _CHALLENGE.findall(header[:LONGEST_HEADER]):
        values = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(parameters)}
        found.append(
            Challenge(scheme.lower(), values.get("realm", ""), values.get("service", ""), values.get("scope", ""))
        )
    return found


def basic(login: Login) -> str:
    """The header for Basic (RFC 7617)."""
    return "Basic " + b64encode(f"{login.user}:{login.password.reveal()}".encode()).decode("ascii")


def denied(place: Place, answer: Answer) -> SourceFailed:
    """The failure for a repository that may not be read, with its refusal *answer*."""
    offered = challenges(answer.headers.get("www-authenticate", ""))
    realm = next((each.realm for each in offered if each.scheme == "bearer"), answer.url)
    if place.login is not None and place.login.user and realm.startswith("https://") and not trusted(place.host, realm):
        return SourceFailed(
            f"{place.host} does not let us read {place.repository} ({words(answer)}).",
            probably=f"The login for it was not sent to its token server {_netloc(realm)}, which is another host.",
            now=f"If that is right, add the same login for {_netloc(realm)} to `registry-credentials`.",
        )
    return SourceFailed(
        f"{place.host} does not let us read {place.repository} ({words(answer)}).",
        probably="It is private, or its name is misspelt.",
        now="Add a login for the host to `registry-credentials`, or correct the name.",
    )


def _netloc(url: str) -> str:
    """Host and port of *url* in lower case, empty for what is no address."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
