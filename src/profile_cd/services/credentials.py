"""Where logins come from: the input `registry-credentials`, a Docker config file, the token."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from profile_cd.errors import CannotStart
from profile_cd.inputs import Inputs
from profile_cd.model import Login, Secret
from profile_cd.sources.credentials import Credentials

PARTS = 3


def from_inputs(environment: Mapping[str, str], asked: Inputs) -> Credentials:
    """The credentials of a run of the action: the input wins over the Docker config file."""
    docker = from_docker(environment)
    given = parse(asked.registry_credentials.reveal())
    host = urlsplit(asked.github.api_url).netloc
    return Credentials({**docker.logins, **given}, {host: asked.token}, docker.helpers)


def from_environment(environment: Mapping[str, str]) -> Credentials:
    """The credentials of the command line."""
    docker = from_docker(environment)
    token = Secret(environment.get("GITHUB_TOKEN", ""))
    host = urlsplit(environment.get("GITHUB_API_URL") or "https://api.github.com").netloc
    return Credentials(docker.logins, {host: token} if token else {}, docker.helpers)


def parse(text: str) -> dict[str, Login]:
    """The input `registry-credentials`: a host, a user name and a password a line. Raises CannotStart."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = line.split(None, PARTS - 1)
        if len(parts) != PARTS:
            raise CannotStart(
                f"The input `registry-credentials`, line {number}, has not three parts.",
                now="Write: host, user name and password, with blanks between them.",
            )
        found[parts[0].removeprefix("https://").rstrip("/")] = Login(parts[1], Secret(parts[2].strip()))
    return found


def from_docker(environment: Mapping[str, str]) -> Credentials:
    """The logins of a Docker config file; those behind a helper program are only named."""
    folder = environment.get("DOCKER_CONFIG") or f"{environment.get('HOME', '')}/.docker"
    place = Path(folder) / "config.json"
    try:
        config = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return Credentials()
    auths = config.get("auths") if isinstance(config, dict) else None
    logins = {host: login for host, entry in (auths or {}).items() if (login := _login(entry)) is not None}
    helpers = tuple(config.get("credHelpers") or ()) if isinstance(config, dict) else ()
    return Credentials(logins, helpers=helpers)


def _login(entry: Any) -> Login | None:  # noqa: ANN401  # JSON of an unknown shape
    if not isinstance(entry, dict) or not isinstance(entry.get("auth"), str):
        return None
    try:
        user, _, password = b64decode(entry["auth"]).decode("utf-8").partition(":")
    except ValueError:
        return None
    return Login(user, Secret(password)) if password else None
