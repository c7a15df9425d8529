"""GitHub's REST and GraphQL interfaces: reads are repeated, writes never blindly, and nothing takes for ever."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused, SourceFailed, Uncertain
from profile_cd.protocols import UNAUTHORIZED, Answer, Clock
from profile_cd.services.clock import Stopwatch
from profile_cd.services.repository.answers import NEXT_RUN, Said, errors_of, graphql_errors, limit, parsed, refused
from profile_cd.services.retry import End, Policy, Reply, repeat
from profile_cd.services.web import MEGABYTE, REDIRECTS, Allowance, Broken, Debug, Limits, Question, Size, Transport
from profile_cd.tokens import Kind, kind

LIMITS = Limits(whole=30.0, run=300.0)
"""GitHub ends whatever takes it longer than ten seconds ("Timeouts" in the documentation of its REST interface).
Waiting for its rate limits is not counted in the time of a run.
"""
CONNECTIONS = 10
ANSWERS = Allowance(Size(32 * MEGABYTE), *3 * (Size(256 * MEGABYTE),))
"""GitHub cuts a tree at 7 MB; the files of a repository come as blobs, one by one."""
GRAPHQL = "/graphql"
UNEXPECTED = "an answer in an unexpected shape"

READS = Policy(tries=4, passing=frozenset({500, 502, 503, 504}), longest=60.0, first=1.0)
"""How GitHub is asked. A rate limit is waited for a minute at most, each time it asks for it."""

WRITES = replace(READS, repeats=False)
"""A rate limit is a definite no, so it is waited for here, too; anything else may have happened."""

MOST_WAITING = 300.0
"""Seconds that a run waits at most for rate limits in all."""


Once = Callable[[], Reply[Said]]


class GitHubApi:
    """One repository on one GitHub, seen with one token. *expires* is when that ends, as GitHub's answers say it.

    *scopes* are those of a classic token, None of any other.
    """

    def __init__(
        self,
        repository: str,
        token: Secret,
        api_url: str,
        clock: Clock,
        *,
        limits: Limits = LIMITS,
        debug: Debug | None = None,
    ) -> None:
        self.repository = repository
        self.owner, _, self.name = repository.partition("/")
        self.requests = 0
        self.expires = ""
        self.scopes: tuple[str, ...] | None = None
        self._token = token
        self._clock = clock
        self._waited = 0.0
        self._asking = Stopwatch(clock)
        self._base = api_url.rstrip("/")
        self._prefix = urlsplit(self._base).path
        self._transport = Transport(limits, CONNECTIONS, debug)
        self._limits = limits

    def default_branch(self) -> str:
        """The repository's default branch. Raises GitHubRefused."""
        said = self.read("", needs=("default_branch",))
        if not said.ok:
            raise refused(f"The repository {self.repository} cannot be read", said)
        return str(said.data["default_branch"])

    def kind(self, login: str, *, merges: bool) -> Kind:
        """What kind of token it is, *login* being whose; *merges* where it is given as `merge-token`."""
        return kind(self._token.reveal(), login, merges=merges)

    def read(self, path: str, parameters: Mapping[str, str] | None = None, *, needs: Collection[str] = ()) -> Said:
        """GET *path* below the repository; repeated while GitHub is out of order. 404 is an answer.

        *needs* are keys without which a good answer is none.
        """
        url = f"/repos/{self.repository}{path}"
        return self._read(lambda: self._reply("GET", url, parameters=parameters, needs=needs))

    def write(self, verb: str, path: str, value: object, *, needs: Collection[str] = ()) -> Said:
        """POST, PUT, PATCH or DELETE below the repository, once. Raises Uncertain when the answer was lost.

        A rate limit is waited for and asked again. *needs* are keys without which a good answer is as good as lost.
        """
        return self._written(lambda: self._reply(verb, f"/repos/{self.repository}{path}", value, needs=needs))

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """The data of a GraphQL query. Raises GitHubRefused with GitHub's words."""
        return self.ask_partly(query, **variables)[0]

    def ask_parts(self, name: str, parts: Mapping[str, str], fragment: str = "") -> dict[str, Any]:
        """What the repository has in each of *parts* by its alias, in one query *name*. Raises GitHubRefused."""
        fields = "\n".join(f"{alias}: {part}" for alias, part in parts.items())
        head = f"query {name}($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {{"
        found: dict[str, Any] = self.ask(f"{head}\n{fields}\n}} }}\n{fragment}", owner=self.owner, name=self.name)
        return dict(found["repository"])

    def ask_partly(self, query: str, **variables: object) -> tuple[dict[str, Any], str]:
        """The data of a GraphQL query, and GitHub's words on what it left out. Raises GitHubRefused."""
        said = self._read(lambda: self._reply("POST", GRAPHQL, {"query": query, "variables": variables}))
        return self._data(said), graphql_errors(said.data)

    def mutate(self, query: str, **variables: object) -> Said:
        """One GraphQL mutation, once: status 200 with the data, or 422 with GitHub's words. Raises Uncertain."""
        said = self._written(lambda: self._reply("POST", GRAPHQL, {"query": query, "variables": variables}))
        if not said.ok:
            return said
        if errors_of(said.data):
            return Said(422, {"message": graphql_errors(said.data)})
        if not isinstance(said.data, dict) or not isinstance(said.data.get("data"), dict):
            raise Uncertain(UNEXPECTED)
        return Said(200, said.data["data"])

    def _data(self, said: Said) -> dict[str, Any]:
        if not said.ok:
            raise refused("GitHub did not answer a question", said)
        data = said.data.get("data") if isinstance(said.data, dict) else None
        if not isinstance(data, dict) or not data:
            words = graphql_errors(said.data) or UNEXPECTED
            raise refused("GitHub did not answer a question", Said(422, {"message": words}))
        if data.get("repository", data) is None:
            words = graphql_errors(said.data) or f"{self.repository}: not found"
            raise refused("GitHub does not show the repository to this token", Said(404, {"message": words}))
        return data

    def _read(self, once: Once) -> Said:
        result = repeat(READS, self._clock, once)
        if result.end is End.ANSWERED and result.reply.answer is not None:
            return self._checked(result.reply.answer)
        if result.end is End.TOO_LONG:
            raise self._too_long(result.reply.wanted)
        often = f", {result.tries} times in a row" if result.tries > 1 else ""
        raise GitHubRefused(
            f"GitHub is out of order: {result.reply.trouble}{often}.",
            probably="Perhaps it has an outage.",
            now=NEXT_RUN,
        )

    def _written(self, once: Once) -> Said:
        result = repeat(WRITES, self._clock, once)
        if result.end is End.ANSWERED and result.reply.answer is not None:
            return self._checked(result.reply.answer)
        if result.end is End.UNCERTAIN:
            raise Uncertain(result.reply.trouble)
        if result.end is End.TOO_LONG:
            raise self._too_long(result.reply.wanted)
        raise GitHubRefused(
            "GitHub's rate limit for writing holds on.",
            now=NEXT_RUN,
        )

    def _checked(self, said: Said) -> Said:
        if said.status == UNAUTHORIZED:
            raise refused("GitHub does not accept the token", said)
        return said

    def _reply(
        self,
        verb: str,
        url: str,
        value: object = None,
        *,
        parameters: Mapping[str, str] | None = None,
        needs: Collection[str] = (),
    ) -> Reply[Said]:
        """What one try comes to."""
        try:
            status, headers, body = self._send(verb, url, parameters, value)
        except Broken as broken:
            return Reply(trouble=broken.why, lasting=broken.lasting)
        self.expires = headers.get("github-authentication-token-expiration", self.expires)
        if "x-oauth-scopes" in headers:
            self.scopes = tuple(each.strip() for each in headers["x-oauth-scopes"].split(","))
        wait = limit(status, headers, body, self._clock.now())
        if wait is not None:
            return self._limited(status, wait)
        data, readable = parsed(body)
        if not readable:
            # A proxy's page in place of GitHub's answer says as little as silence about what happened behind it.
            return Reply(trouble="an answer that is not JSON")
        said = Said(status, data)
        if said.ok and needs and not (isinstance(data, dict) and data.keys() >= set(needs)):
            return Reply(trouble=UNEXPECTED)
        return Reply(status, said, trouble=f"status {status}")

    def _limited(self, status: int, wait: float) -> Reply[Said]:
        self._waited += wait
        if self._waited > MOST_WAITING:
            raise self._too_long(wait)
        return Reply(status, wanted=wait, limited=True, trouble="a rate limit")

    def _too_long(self, wait: float) -> GitHubRefused:
        return GitHubRefused(
            f"GitHub's rate limit asks for {wait:.0f} more seconds, after {self._waited - wait:.0f} of waiting.",
            now=f"{NEXT_RUN} A GitHub App's token has a larger limit.",
        )

    def _send(
        self, verb: str, path: str, parameters: Mapping[str, str] | None, value: object
    ) -> tuple[int, Mapping[str, str], str]:
        query = f"?{urlencode(sorted(parameters.items()))}" if parameters else ""
        answer = self._once(verb, f"{self._base_of(path)}{path}{query}", value)
        if answer.status in REDIRECTS and answer.headers.get("location"):
            answer = self._once(verb, self._moved(answer.headers["location"]), value)
        return answer.status, answer.headers, answer.body.decode("utf-8", "replace")

    def _once(self, verb: str, url: str, value: object) -> Answer:
        left = self._limits.run - self._asking.seconds()
        if left <= 0:
            raise GitHubRefused(
                f"GitHub has taken {self._limits.run:.0f} s for the answers of this run, and is not asked any more.",
                now=NEXT_RUN,
            )
        self.requests += 1
        headers = {"Authorization": f"token {self._token.reveal()}", "Accept": "application/vnd.github+json"}
        try:
            with self._asking.running():
                question = Question(verb, url, headers, value, allowed=ANSWERS)
                return self._transport.once(question, min(left, self._limits.whole))
        except SourceFailed as error:
            raise GitHubRefused(
                f"GitHub cannot be asked. {error.what}", now="Check the input `token` and GITHUB_API_URL."
            ) from error

    def _base_of(self, path: str) -> str:
        """GraphQL lies beside the REST interface: below `/api` on a GitHub Enterprise Server, not below `/api/v3`."""
        return self._base.removesuffix("/v3") if path == GRAPHQL else self._base

    def _moved(self, location: str) -> str:
        """Where a renamed repository lies now, on GitHub's own host only: the request carries the token."""
        parts, ours = urlsplit(location), urlsplit(self._base)
        if parts.netloc and parts.netloc != ours.netloc and parts.hostname != ours.hostname:
            raise GitHubRefused(
                "GitHub sent us to another host, which never gets the token.",
                now="Check the input `token` and GITHUB_API_URL.",
            )
        return urlunsplit((ours.scheme, ours.netloc, parts.path, parts.query, ""))
