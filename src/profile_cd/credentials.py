"""Logins by host: each goes to its own host and to no other."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DOCKER_HUB = "registry-1.docker.io"
# Docker's own rule for names without a registry; `docker.io` has never been the host that answers.
DOCKER_HUB_ALIASES = ("docker.io", "index.docker.io", DOCKER_HUB)
GITHUBS_OWN = ("github.com", "api.github.com", "ghcr.io", "raw.githubusercontent.com")
"""The hosts that GitHub itself runs and that take its tokens."""


class Secret:
    """A text that is shown to nobody: it has no repr, no str and no place in a format string."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one header or form field that it belongs in."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and password for one host, or a bare bearer token where *user* is empty."""

    user: str
    password: Secret = field(repr=False)


NO_SECRET = Secret("")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a run may log in with, by host. *helpers* are hosts whose login only a program on another machine knows.

    Hosts may be spelled as Docker's config file does; here they all have one spelling.
    """

    logins: Mapping[str, Login] = field(default_factory=dict)
    github_tokens: Mapping[str, Secret] = field(default_factory=dict)
    helpers: Iterable[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "logins", {canonical(host): login for host, login in self.logins.items()})
        object.__setattr__(self, "helpers", frozenset(canonical(host) for host in self.helpers))

    def for_host(self, host: str) -> Login | None:
        """The login for *host* (with its port where it has one)."""
        return self.logins.get(canonical(host))

    def paired(self, login: Login | None) -> tuple[str, ...]:
        """The hosts that were given this very *login*: whoever writes it down for two of them pairs them."""
        return tuple(host for host, each in self.logins.items() if each == login)

    def github_token(self, host: str) -> Secret:
        """The token for GitHub's interface at *host*, empty where there is none."""
        return self.github_tokens.get(host.lower(), NO_SECRET)

    def leaks(self, login: Login, host: str) -> bool:
        """Whether *login* holds the run's token for GitHub and *host* is none of GitHub's own."""
        tokens = [token.reveal() for token in self.github_tokens.values() if token]
        shown = (login.user, login.password.reveal())
        return any(token in each for token in tokens for each in shown) and not self._is_githubs(host)

    def _is_githubs(self, host: str) -> bool:
        """Also the hosts of the server that this run is at: `api.acme.ghe.com`, `acme.ghe.com`, and its registry."""
        servers = {each.removeprefix("api.") for each in self.github_tokens}
        own = {*self.github_tokens, *servers, *(f"containers.{each}" for each in servers)}
        return host in GITHUBS_OWN or host in own


def canonical(host: str) -> str:
    """One spelling for a host: `https://index.docker.io/v1/` is Docker Hub, as Docker's config file calls it."""
    bare = host.strip().lower().partition("://")[2] or host.strip().lower()
    for tail in ("/", "/v1", "/v2"):
        bare = bare.removesuffix(tail)
    return DOCKER_HUB if bare in DOCKER_HUB_ALIASES else bare


def own(username: str, password: Secret, token: Secret) -> Login | None:
    """The login that a manifest's spec carries itself."""
    if token:
        return Login("", token)
    return Login(username, password) if username and password else None


def basic(login: Login) -> str:
    """The header for Basic (RFC 7617)."""
    return "Basic " + b64encode(f"{login.user}:{login.password.reveal()}".encode()).decode("ascii")
