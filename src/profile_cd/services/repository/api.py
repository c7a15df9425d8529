"""GitHub's REST and GraphQL interfaces through PyGithub's requester: reads are repeated, writes never blindly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import github
import requests

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.protocols import Clock
from profile_cd.services.repository.answers import Said, graphql_errors, limit, parsed, refused
from profile_cd.services.retry import End, Policy, Reply, repeat

READS = Policy(tries=4, passing=frozenset({500, 502, 503, 504}), longest=60.0, first=1.0)
"""How GitHub is asked. A rate limit is waited for a minute at most, each time it asks for it."""

WRITES = replace(READS, repeats=False)
"""A rate limit is a definite no, so it is waited for here, too; anything else may have happened."""

MOST_WAITING = 300.0
"""Seconds that a run waits at most for rate limits in all."""


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
        return self._read("GET", f"/repos/{self.repository}{path}", parameters=parameters)

    def write(self, verb: str, path: str, value: object) -> Said:
        """POST, PUT, PATCH or DELETE below the repository, once. Raises Uncertain when the answer was lost.

        A rate limit is waited for and asked again.
        """
        return self._written(verb, f"/repos/{self.repository}{path}", value)

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """The data of a GraphQL query. Raises GitHubRefused with GitHub's words."""
        said = self._read("POST", self._graphql(), value={"query": query, "variables": variables})
        return self._data(said)

    def mutate(self, query: str, **variables: object) -> Said:
        """One GraphQL mutation, once: status 200 with the data, or 422 with GitHub's words. Raises Uncertain."""
        said = self._written("POST", self._graphql(), {"query": query, "variables": variables})
        if not said.ok:
            return said
        errors = said.data.get("errors") if isinstance(said.data, dict) else None
        if errors:
            return Said(422, {"message": graphql_errors(said.data)})
        return Said(200, said.data["data"])

    def _graphql(self) -> str:
        return str(self._requester.graphql_url)

    def _data(self, said: Said) -> dict[str, Any]:
        if not said.ok or not isinstance(said.data, dict):
            raise refused("GitHub did not answer a question", said)
        if said.data.get("errors") and not said.data.get("data"):
            raise refused("GitHub did not answer a question", Said(422, {"message": graphql_errors(said.data)}))
        data: dict[str, Any] = said.data["data"]
        if data.get("repository", data) is None:
            words = graphql_errors(said.data) or f"{self.repository}: not found"
            raise refused("GitHub does not show the repository to this token", Said(404, {"message": words}))
        return data

    def _read(self, verb: str, url: str, *, parameters: Mapping[str, str] | None = None, value: object = None) -> Said:
        result = repeat(READS, self._clock, lambda: self._reply(verb, url, parameters, value))
        if result.end is End.ANSWERED and result.reply.answer is not None:
            return self._checked(result.reply.answer)
        if result.end is End.TOO_LONG:
            raise self._too_long(result.reply.wanted)
        raise GitHubRefused(
            f"GitHub is out of order: {result.reply.trouble}, {READS.tries} times in a row.",
            probably="Perhaps it has an outage.",
            now="Nothing is lost: the next run does everything again.",
        )

    def _written(self, verb: str, url: str, value: object) -> Said:
        result = repeat(WRITES, self._clock, lambda: self._reply(verb, url, None, value))
        if result.end is End.ANSWERED and result.reply.answer is not None:
            return self._checked(result.reply.answer)
        if result.end is End.UNCERTAIN:
            raise Uncertain(result.reply.trouble)
        if result.end is End.TOO_LONG:
            raise self._too_long(result.reply.wanted)
        raise GitHubRefused(
            "GitHub's rate limit for writing holds on.",
            now="Nothing is lost: the next run does everything again.",
        )

    def _checked(self, said: Said) -> Said:
        if said.status == 401:  # noqa: PLR2004  # RFC 9110, section 15.5.2
            raise refused("GitHub does not accept the token", said)
        return said

    def _reply(self, verb: str, url: str, parameters: Mapping[str, str] | None, value: object) -> Reply[Said]:
        """What one try comes to."""
        try:
            status, headers, body = self._send(verb, url, parameters, value)
        except requests.RequestException as error:
            return Reply(trouble=f"no answer ({type(error).__name__})")
        wait = limit(status, headers, body, self._clock.now())
        if wait is not None:
            return self._limited(status, wait)
        data, readable = parsed(body)
        if not readable:
            # A proxy's page in place of GitHub's answer says as little as silence about what happened behind it.
            return Reply(trouble="an answer that is not JSON")
        return Reply(status, Said(status, data), trouble=f"status {status}")

    def _limited(self, status: int, wait: float) -> Reply[Said]:
        self._waited += wait
        if self._waited > MOST_WAITING:
            raise self._too_long(wait)
        return Reply(status, wanted=wait, limited=True, trouble="a rate limit")

    def _too_long(self, wait: float) -> GitHubRefused:
        return GitHubRefused(
            f"GitHub's rate limit asks for {wait:.0f} more seconds, after {self._waited - wait:.0f} of waiting.",
            now="Nothing is lost: the next run does everything again. A GitHub App's token has a larger limit.",
        )

    def _send(
        self, verb: str, url: str, parameters: Mapping[str, str] | None, value: object
    ) -> tuple[int, dict[str, str], str]:
        self.requests += 1
        status, headers, body = self._requester.requestJson(
            verb, url, dict(parameters or {}), {"Accept": "application/vnd.github+json"}, value
        )
        location = headers.get("location", "")
        if status in {307, 308} and location:
            return self._moved(verb, location, value)
        return status, headers, body

    def _moved(self, verb: str, location: str, value: object) -> tuple[int, dict[str, str], str]:
        """Follow a renamed repository, on GitHub's own host only: the request carries the token."""
        parts = urlsplit(location)
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
