"""Where logins come from: the input `registry-credentials`, a Docker config file, the run's token."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from profile_cd import bounded_json, inputs
from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import CannotStart
from profile_cd.inputs import LoginFiles


def of_run(asked: inputs.Update) -> Credentials:
    """The credentials of a run of the action: the input wins over the Docker config file. Raises CannotStart."""
    docker = from_docker(asked.login_files)
    given = inputs.registry_logins(asked.registry_credentials.reveal())
    return Credentials({**docker.logins, **given}, _tokens(asked.github.api_url, asked.token), docker.helpers)


def of_user(asked: inputs.Local) -> Credentials:
    """The credentials of the person at a terminal. Raises CannotStart."""
    docker = from_docker(asked.login_files)
    return Credentials(docker.logins, _tokens(asked.api_url, asked.token), docker.helpers)


def _tokens(api_url: str, token: Secret) -> dict[str, Secret]:
    host = urlsplit(api_url).netloc.lower()
    return {host: token} if token else {}


def from_docker(files: LoginFiles) -> Credentials:
    """The logins of a Docker config file; those that only a helper program knows are named in `helpers`.

    Nothing where there is no such file. Raises CannotStart where DOCKER_CONFIG names one that cannot be read.
    """
    text = next((text for path in files.paths if (text := _text(Path(path))) is not None), "{}")
    try:
        config = bounded_json.loads(text)
    except bounded_json.NoJson:
        config = None
    if not isinstance(config, dict):
        if not files.named:
            return Credentials()
        raise CannotStart("The file config.json at DOCKER_CONFIG is no JSON.", now="Log in anew with `docker login`.")
    auths = _mapping(config.get("auths"))
    logins = {host: login for host, entry in auths.items() if (login := _login(_mapping(entry)))}
    behind = {*_mapping(config.get("credHelpers")), *(auths if config.get("credsStore") else ()), *_tokens_only(auths)}
    return Credentials(logins, helpers=behind - logins.keys())


def _text(place: Path) -> str | None:
    try:
        return place.read_text("utf-8")
    except (OSError, ValueError):
        return None


def _mapping(value: Any) -> Mapping[str, Any]:  # noqa: ANN401  # JSON of an unknown shape
    return value if isinstance(value, dict) else {}


def _tokens_only(auths: Mapping[str, Any]) -> Iterator[str]:
    """Hosts with an identity token: only the registry's own program can make a login of it."""
    return (host for host, entry in auths.items() if _mapping(entry).get("identitytoken"))


def _login(entry: Mapping[str, Any]) -> Login | None:
    """The user and password of one entry, together in `auth` or apart."""
    if entry.get("identitytoken"):
        return None
    try:
        user, _, password = b64decode(str(entry.get("auth") or "")).decode("utf-8").partition(":")
    except ValueError:
        return None
    user, password = user or str(entry.get("username") or ""), password or str(entry.get("password") or "")
    return Login(user, Secret(password.rstrip("\0"))) if user and password else None
