"""GitHub's REST and GraphQL interfaces through PyGithub's requester: reads are repeated, writes never blindly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import github
import requests

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused
from profile_cd.protocols import Clock
from profile_cd.services.repository.answers import SECONDARY, Said, limits_graphql, parsed, refused, told

READ_TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a run waits at most for a rate limit, each time it is told to."""

MOST_WAITING = 300.0
"""Seconds that a run waits at most for rate limits in all."""

PASSING = frozenset({500, 502, 503, 504})


class Uncertain(Exception):
    """A write whose answer was lost: it may or may not have happened, so look before you decide."""


class GitHubApi:
    """One repository on one GitHub, seen with one token."""

    def __init__(self, repository: str, token: Secret, api_url: str, clock: Clock) -> None:
        self.repository = repository
        self.owner, _, self.name = repository.partition("/")
        self.requests = 0
        self._clock = clock
        self._waited = 0.0
        self._prefix = urlsplit(api_url).path.rstrip("/")
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
            return Said(422, {"message": told(said.data)})
        return Said(200, said.data["data"])

    def _graphql(self) -> str:
        return str(self._requester.graphql_url)

    def _data(self, said: Said) -> dict[str, Any]:
        if not said.ok or not isinstance(said.data, dict):
            raise refused("GitHub did not answer a question", said)
        if said.data.get("errors") and not said.data.get("data"):
            raise refused("GitHub did not answer a question", Said(422, {"message": told(said.data)}))
        data: dict[str, Any] = said.data["data"]
        if data.get("repository", data) is None:
            words = told(said.data) or f"{self.repository}: not found"
            raise refused("GitHub shows the repository to nobody with this token", Said(404, {"message": words}))
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
            data, readable = parsed(body)
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
            data, readable = parsed(body)
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
        graphql_limit = status == 200 and limits_graphql(words)  # noqa: PLR2004
        slower = status in {403, 429} and (spent or "rate limit" in words or "retry-after" in headers)
        if not (slower or graphql_limit):
            return False
        wait = max(self._wanted(headers, spent=spent, secondary=SECONDARY in words), 0.0)
        self._waited += wait
        if wait > LONGEST_WAIT or self._waited > MOST_WAITING:
            raise GitHubRefused(
                f"GitHub's rate limit asks for {wait:.0f} more seconds, after {self._waited - wait:.0f} of waiting.",
                now="Nothing is lost: the next run does everything again. A GitHub App's token has a larger limit.",
            )
        self._clock.sleep(wait)
        return True

    def _wanted(self, headers: Mapping[str, str], *, spent: bool, secondary: bool) -> float:
        """The seconds that GitHub wants us to wait; a minute where it only says that we are too fast."""
        if headers.get("retry-after", "").isdigit():
            return float(headers["retry-after"])
        if spent and headers.get("x-ratelimit-reset", "").isdigit():
            return float(headers["x-ratelimit-reset"]) - self._clock.now().timestamp()
        return LONGEST_WAIT if secondary else 1.0

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
        target = parts.path.removeprefix(self._prefix) + (f"?{parts.query}" if parts.query else "")
        status, headers, body = self._requester.requestJson(
            verb, target, {}, {"Accept": "application/vnd.github+json"}, value
        )
        return status, headers, body
