"""GitHub's REST and GraphQL interfaces through PyGithub's requester: reads are repeated, writes never blindly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import github
import requests

from profile_cd.errors import GitHubRefused
from profile_cd.model import Clock, Secret

READ_TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a run waits at most for a rate limit, each time it is told to."""

PASSING = frozenset({500, 502, 503, 504})


class Uncertain(Exception):
    """A write whose answer was lost: it may or may not have happened, so look before you decide."""


@dataclass(frozen=True, slots=True)
class Said:
    """GitHub's answer to one REST request: its status and its parsed JSON (None where there is none)."""

    status: int
    data: Any

    @property
    def ok(self) -> bool:
        """Whether GitHub did what was asked."""
        return 200 <= self.status < 300  # noqa: PLR2004  # RFC 9110, section 15.3

    @property
    def message(self) -> str:
        """GitHub's own words, with the details of a validation error."""
        if not isinstance(self.data, dict):
            return f"status {self.status}"
        details = [
            str(error.get("message") or f"{error.get('field', '')} {error.get('code', '')}".strip())
            for error in self.data.get("errors") or []
            if isinstance(error, dict)
        ] + [error for error in self.data.get("errors") or [] if isinstance(error, str)]
        return " ".join([str(self.data.get("message") or f"status {self.status}"), *details])


class GitHubApi:
    """One repository on one GitHub, seen with one token."""

    def __init__(self, repository: str, token: Secret, api_url: str, clock: Clock) -> None:
        self.repository = repository
        self.owner, _, self.name = repository.partition("/")
        self.requests = 0
        self._clock = clock
        self._requester = github.Github(
            auth=github.Auth.Token(token.reveal()),
            base_url=api_url.rstrip("/"),
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            timeout=20,
            lazy=True,
            user_agent="profile-cd",
        ).requester

    def read(self, path: str, parameters: Mapping[str, str] | None = None) -> Said:
        """GET *path* below the repository; repeated while GitHub is out of order. 404 is an answer."""
        return self._patiently("GET", f"/repos/{self.repository}{path}", parameters=parameters)

    def write(self, verb: str, path: str, value: object) -> Said:
        """POST, PUT, PATCH or DELETE below the repository, once. Raises Uncertain when the answer was lost.

        A rate limit is a definite no, so it is waited for and asked again, within LONGEST_WAIT.
        """
        return self._written(verb, f"/repos/{self.repository}{path}", value)

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """The data of a GraphQL query. Raises GitHubRefused with GitHub's words."""
        said = self._patiently("POST", self._graphql(), value={"query": query, "variables": variables})
        return self._data(said)

    def mutate(self, query: str, **variables: object) -> Said:
        """One GraphQL mutation, once: status 200 with the data, or 422 with GitHub's words. Raises Uncertain."""
        said = self._written("POST", self._graphql(), {"query": query, "variables": variables})
        if not said.ok:
            return said
        errors = said.data.get("errors") if isinstance(said.data, dict) else None
        if errors:
            return Said(422, {"message": " ".join(str(error.get("message")) for error in errors)})
        return Said(200, said.data["data"])

    def _graphql(self) -> str:
        return str(self._requester.graphql_url)

    def _data(self, said: Said) -> dict[str, Any]:
        if not said.ok or not isinstance(said.data, dict):
            raise refused("GitHub did not answer a question", said)
        if said.data.get("errors") and not said.data.get("data"):
            words = " ".join(str(error.get("message")) for error in said.data["errors"])
            raise refused("GitHub did not answer a question", Said(422, {"message": words}))
        data: dict[str, Any] = said.data["data"]
        return data

    def _patiently(
        self, verb: str, url: str, *, parameters: Mapping[str, str] | None = None, value: object = None
    ) -> Said:
        trouble = ""
        for attempt in range(READ_TRIES):
            if attempt:
                self._clock.sleep(min(0.5 * 2**attempt, 8.0))
            try:
                status, headers, body = self._send(verb, url, parameters, value)
            except requests.RequestException as error:
                trouble = f"no answer ({type(error).__name__})"
                continue
            if self._limited(status, headers, body):
                trouble = "a rate limit"
                continue
            data, readable = _parsed(body)
            if status in PASSING or not readable:
                trouble = f"status {status}" if readable else "an answer that is not JSON"
                continue
            return self._checked(Said(status, data))
        raise GitHubRefused(
            f"GitHub is out of order: {trouble}, {READ_TRIES} times in a row.",
            probably="Perhaps it has an outage.",
            now="Nothing is lost: the next run does everything again.",
        )

    def _written(self, verb: str, url: str, value: object) -> Said:
        for _ in range(READ_TRIES):
            try:
                status, headers, body = self._send(verb, url, None, value)
            except requests.RequestException as error:
                raise Uncertain(type(error).__name__) from error
            if self._limited(status, headers, body):
                continue
            data, readable = _parsed(body)
            if status in PASSING or not readable:
                raise Uncertain(f"status {status}")
            return self._checked(Said(status, data))
        raise GitHubRefused(
            "GitHub's rate limit for writing holds on.",
            now="Nothing is lost: the next run does everything again.",
        )

    def _checked(self, said: Said) -> Said:
        if said.status == 401:  # noqa: PLR2004  # RFC 9110, section 15.5.2
            raise refused("GitHub does not accept the token", said)
        return said

    def _limited(self, status: int, headers: Mapping[str, str], body: str) -> bool:
        """Whether GitHub asked us to slow down, after waiting as long as it asked."""
        words = body.lower()
        spent = headers.get("x-ratelimit-remaining") == "0"
        graphql_limit = spent and status == 200 and '"rate_limited"' in words  # noqa: PLR2004
        slower = status in {403, 429} and (spent or "rate limit" in words or "retry-after" in headers)
        if not (slower or graphql_limit):
            return False
        wait = 1.0
        if headers.get("retry-after", "").isdigit():
            wait = float(headers["retry-after"])
        elif spent and headers.get("x-ratelimit-reset", "").isdigit():
            wait = float(headers["x-ratelimit-reset"]) - self._clock.now().timestamp()
        if wait > LONGEST_WAIT:
            raise GitHubRefused(
                f"GitHub's rate limit is used up for {int(wait)} more seconds.",
                now="Nothing is lost: the next run does everything again. A GitHub App's token has a larger limit.",
            )
        self._clock.sleep(max(wait, 0.0))
        return True

    def _send(
        self, verb: str, url: str, parameters: Mapping[str, str] | None, value: object
    ) -> tuple[int, dict[str, str], str]:
        self.requests += 1
        status, headers, body = self._requester.requestJson(
            verb, url, dict(parameters or {}), {"Accept": "application/vnd.github+json"}, value
        )
        place = headers.get("location", "")
        if status in {307, 308} and place:
            return self._moved(verb, place, value)
        return status, headers, body

    def _moved(self, verb: str, place: str, value: object) -> tuple[int, dict[str, str], str]:
        """Follow a renamed repository, on GitHub's own host only: the request carries the token."""
        parts = urlsplit(place)
        here = self._requester.hostname_and_port
        if parts.netloc and parts.netloc != here and parts.hostname != self._requester.hostname:
            raise GitHubRefused(
                "GitHub sent us to another host, which never gets the token.",
                now="Check the input `token` and GITHUB_API_URL.",
            )
        self.requests += 1
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        status, headers, body = self._requester.requestJson(
            verb, target, {}, {"Accept": "application/vnd.github+json"}, value
        )
        return status, headers, body


def _parsed(body: str) -> tuple[Any, bool]:
    if not body.strip():
        return None, True
    try:
        return json.loads(body), True
    except ValueError:
        return None, False


ADVICE = (
    (
        "not permitted to create or approve pull requests",
        "In Settings → Actions → General, tick “Allow GitHub Actions to create and approve pull requests”.",
    ),
    (
        "resource not accessible",
        "Give the job `permissions: contents: write, pull-requests: write`; a token of your own needs the same.",
    ),
    ("bad credentials", "The token expired or was revoked: renew the secret behind it."),
    ("not found", "The token does not see this repository: give it access to it."),
)
"""GitHub's words, in lower case, and what to change where."""


def refused(what: str, said: Said) -> GitHubRefused:
    """The error for an answer that means no, with the advice that belongs to GitHub's words."""
    words = said.message
    lower = words.lower()
    now = next((advice for phrase, advice in ADVICE if phrase in lower), "")
    return GitHubRefused(f"{what}: {words.rstrip('.')} (status {said.status}).", now=now)
