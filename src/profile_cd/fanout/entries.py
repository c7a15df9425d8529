"""One entry of the input `projects`: what it says, key by key, or why it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from profile_cd import neutral
from profile_cd.fanout.globs import BadPattern, Paths
from profile_cd.fanout.projects import Project
from profile_cd.hosts import is_loopback

LARGEST_WAIT = 21_600
"""Seconds; a hosted job lives for six hours."""

KEYS = (
    "name", "url", "secret", "ref", "paths", "manifests", "variables", "inputs", "wait", "environment",
)  # fmt: skip
OLD = {"files": "paths", "file": "paths", "path": "paths", "branch": "ref", "token": "secret", "vars": "variables"}
OWN = "x-"
"""What a key of the user's own starts with."""

_TRIGGER = re.compile(r"/api/v4/projects/[^/]+/(ref/.+/)?trigger/pipeline/?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""Of a secret on GitHub and of a variable on GitLab alike."""
_TOKEN = re.compile(r"gl[a-z]+-.*|[0-9a-f]{20,}|.{80,}", re.DOTALL)
MOST_ENVIRONMENT = 255
"""Characters of an environment's name that GitHub takes; a deployment under a longer one could not be recorded."""


class Unusable(Exception):
    """This entry cannot be used; the text says which key, and what to write."""


def project_of(value: object, within: str) -> Project:
    """The project that *value* is; *within* is the input `directory`. Raises Unusable."""
    if not isinstance(value, dict):
        raise Unusable('it is no object. Write {"name": …, "secret": …, "url": …}.')
    _known(value)
    project = Project(
        name=_text(value, "name", required=True),
        secret=_secret(value),
        url=_url(value),
        ref=_text(value, "ref") or "main",
        paths=_paths(value, "paths", within),
        manifests=_paths(value, "manifests", ""),
        variables=_variables(value),
        inputs=_inputs(value),
        wait=_seconds(value),
        environment=_text(value, "environment"),
        extra={key: each for key, each in value.items() if key.startswith(OWN)},
    )
    if len(project.deployed_as) > MOST_ENVIRONMENT:
        key = "environment" if project.environment else "name"
        raise Unusable(f"`{key}` is longer than {MOST_ENVIRONMENT} characters, which GitHub refuses. Shorten it.")
    return project


def _known(value: Mapping[str, object]) -> None:
    for key in value:
        if key in KEYS or str(key).startswith(OWN):
            continue
        shown = neutral.line(str(key), 80)
        near = OLD.get(key) or next(iter(get_close_matches(key.lower(), KEYS, 1)), "")
        meant = f"Write `{near}`." if near else f"Known are {', '.join(f'`{each}`' for each in KEYS)}."
        raise Unusable(f"there is no key `{shown}`. {meant} A key of your own starts with `{OWN}`.")


def _text(value: Mapping[str, object], key: str, *, required: bool = False) -> str:
    text = value.get(key)
    if text is None and not required:
        return ""
    if not isinstance(text, str):
        raise Unusable(f"`{key}` is {'missing' if text is None else 'no text'}.")
    stripped = text.strip()
    if (required and not stripped) or re.search(r"[\x00-\x1f\x7f]", stripped):
        raise Unusable(f"`{key}` is empty or holds control characters.")
    return stripped


def _secret(value: Mapping[str, object]) -> str:
    """The name of a secret. What may be the secret itself is never repeated: this text goes to the log."""
    secret = _text(value, "secret")
    if secret and (_TOKEN.fullmatch(secret) or not _NAME.fullmatch(secret)):
        raise Unusable(
            "`secret` is no name of a secret; perhaps it is the token itself, which must not stand here. Put it into a "
            "secret (Settings → Secrets and variables → Actions), write that one's name, and revoke the token."
        )
    return secret


def _url(value: Mapping[str, object]) -> str:
    url = _text(value, "url", required=True)
    try:
        parts = urlsplit(url)
        host, secure, user = parts.hostname, parts.scheme == "https", parts.username
        _ = parts.port
    except ValueError:
        parts, host, secure, user = urlsplit(""), None, False, None
    if not host or parts.scheme not in {"http", "https"} or user is not None or re.search(r"[\s\\]", url):
        raise Unusable("`url` is no http(s) address. " + _COPY)
    if not secure and not is_loopback(parts.netloc):
        raise Unusable("`url` is plain http to another machine, and a token is not sent in the clear. Write https://.")
    if not _TRIGGER.search(parts.path) or parts.query or parts.fragment:
        raise Unusable("`url` is no trigger address; perhaps it is that of the project's page. " + _COPY)
    return url


_COPY = (
    "Copy the one under Settings → CI/CD → Pipeline trigger tokens in GitLab, like "
    "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline."
)


def _paths(value: Mapping[str, object], key: str, within: str) -> Paths | None:
    written = value.get(key)
    if written is None or written == []:
        return None
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list) or not all(isinstance(each, str) and each for each in listed):
        raise Unusable(f'`{key}` is no list of patterns. Write it like ["dev-*.yaml"].')
    try:
        return Paths(tuple(listed), within.strip("/"))
    except BadPattern as bad:
        raise Unusable(f"`{key}` holds a pattern that cannot be read: {bad}.") from None


def _mapping(value: Mapping[str, object], key: str, fits: Callable[[object], bool], advice: str) -> dict[str, object]:
    written = value.get(key)
    if written is None:
        return {}
    if not isinstance(written, dict) or not all(fits(each) for each in written.values()):
        raise Unusable(f"`{key}` is no object of {advice}.")
    return written


def _variables(value: Mapping[str, object]) -> dict[str, str] | None:
    """GitLab takes texts only: "variables needs to be a map of key-valued strings". None: not even ours are sent."""
    if value.get("variables") is False:
        return None
    found = _mapping(value, "variables", lambda each: isinstance(each, str), "texts; put numbers in quotes")
    for name in found:
        if not _NAME.fullmatch(name) or name.startswith("CD_"):
            raise Unusable(
                "`variables` holds a name that GitLab does not take, or one that begins with CD_, which is ours."
            )
    return {name: str(each) for name, each in found.items()}


def _inputs(value: Mapping[str, object]) -> dict[str, object]:
    """Inputs keep their JSON types (GitLab 17.10)."""
    simple = (str, bool, int, float)
    return _mapping(
        value, "inputs", lambda each: isinstance(each, simple) or _flat(each), "texts, numbers, true, false or lists"
    )


def _flat(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str | bool | int | float) for each in value)


def _seconds(value: Mapping[str, object]) -> int:
    written = value.get("wait", 0)
    if isinstance(written, bool) or not isinstance(written, int) or not 0 <= written <= LARGEST_WAIT:
        raise Unusable(f"`wait` is no number of seconds from 0 to {LARGEST_WAIT}.")
    return written
