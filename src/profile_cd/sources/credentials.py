"""Logins by host: each goes to its own host and to no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from profile_cd.model import Login, Secret

DOCKER_HUB_NAMES = ("registry-1.docker.io", "index.docker.io", "docker.io", "https://index.docker.io/v1/")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a run may log in with. *helpers* names hosts whose login only a program on another machine knows."""

    logins: Mapping[str, Login] = field(default_factory=dict)
    github_tokens: Mapping[str, Secret] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()

    def for_host(self, host: str) -> Login | None:
        """The login for *host* (with its port where it has one)."""
        names = DOCKER_HUB_NAMES if host in DOCKER_HUB_NAMES else (host, f"https://{host}", f"https://{host}/")
        return next((self.logins[name] for name in names if name in self.logins), None)

    def github_token(self, host: str) -> Secret:
        """The token for GitHub's interface at *host*, empty where there is none."""
        return self.github_tokens.get(host, Secret(""))


def own(username: str, password: Secret, token: Secret) -> Login | None:
    """The login that a manifest's spec carries itself."""
    if token:
        return Login("", token)
    return Login(username, password) if username and password else None
