"""One HTTP exchange at a time, over a shared pool of connections: bounded in time and size, judged by nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from profile_cd import __version__
from profile_cd.errors import SourceFailed
from profile_cd.protocols import Answer
from profile_cd.services.web import words
from profile_cd.services.web.broken import Broken, check_headers, translated
from profile_cd.services.web.budget import SMALL, Allowance, Budget
from profile_cd.services.web.connections import is_private
from profile_cd.services.web.deadline import Watchdog
from profile_cd.services.web.reading import body
from profile_cd.services.web.session import session

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
Watch = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, between two bytes, for one answer as a whole, for everything that a run asks.

    *tries* is how often a source is asked one question.
    """

    connect: float = 5.0
    read: float = 20.0
    whole: float = 60.0
    run: float = 300.0
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. *json* or *form* is the body of a POST; *allowed* is the size that its answer may have.

    *public* keeps it out of private networks.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    allowed: Allowance = SMALL
    public: bool = False

    @property
    def host(self) -> str:
        """Host and port that are asked. Raises SourceFailed where the address names none."""
        return host_of(self.url)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and what came of it after *seconds*: *status* and *size* in bytes, or *trouble* in our words."""

    question: Question
    seconds: float
    status: int = 0
    size: int = 0
    trouble: str = ""


Debug = Callable[[Asked], None]
"""Is handed every request, also each one of a redirect; called from many threads."""


class Transport:
    """May be used from many threads; keeps *connections* open for each host. *debug* is handed every request."""

    def __init__(self, limits: Limits, connections: int, debug: Debug | None = None) -> None:
        self._limits = limits
        self._debug = debug
        self._session = session(connections)
        self._deadlines = Watchdog()
        self._budget = Budget()

    def exchange(self, question: Question, watch: Watch, seconds: float) -> Answer:
        """The answer, after at most five redirects; each request is made inside *watch*, called with its host.

        A login goes to the host it was meant for and no further, and no server sends us into a private network but
        one that lies in it. *seconds* is what all its requests may take, waiting for *watch* not counted. Raises
        Broken without an answer, SourceFailed for what is no address.
        """
        public = question.public
        for _ in range(MOST_REDIRECTS + 1):
            with watch(question.host):
                started = time.monotonic()
                answer, private = self._once(question, seconds, public=public)
                seconds -= time.monotonic() - started
            # Once outside, never inside again: a public server must not make us ask the machine's own network (metadata
            # of a cloud, an admin page on loopback).
            public = public or not private
            target = _redirected(answer)
            if not target:
                return replace(answer, private=private)
            question = _towards(question, target)
        raise Broken("it redirects for ever")

    def once(self, question: Question, seconds: float) -> Answer:
        """The answer, a redirect too. Raises as `exchange`."""
        return self._once(question, seconds, public=False)[0]

    def _once(self, question: Question, seconds: float, *, public: bool) -> tuple[Answer, bool]:
        """The answer, and whether it came from a private network."""
        if self._debug is None:
            return self._asked(question, seconds, public=public)
        started = time.monotonic()
        try:
            answer, private = self._asked(question, seconds, public=public)
        except (Broken, SourceFailed) as error:
            trouble = error.why if isinstance(error, Broken) else error.what
            self._debug(Asked(question, time.monotonic() - started, trouble=trouble))
            raise
        self._debug(Asked(question, time.monotonic() - started, answer.status, len(answer.body)))
        return answer, private

    def _asked(self, question: Question, seconds: float, *, public: bool) -> tuple[Answer, bool]:
        host = question.host
        inner = is_private(urlsplit(question.url).hostname or "")
        if public and inner:
            raise words.inside(host)
        check_headers(host, question.headers)
        with self._deadlines.within(seconds, public=public) as exchange, translated(host, exchange, seconds):
            answer = self._answer(question)
        return answer, inner or exchange.private

    def _answer(self, question: Question) -> Answer:
        response = self._session.request(
            question.method,
            question.url,
            headers={"User-Agent": f"profile-cd/{__version__}", "Accept-Encoding": "gzip", **question.headers},
            json=question.json,
            data=question.form,
            timeout=(self._limits.connect, self._limits.read),
            # Each hop is a question of its own: `exchange` leaves the login behind and looks where it leads.
            allow_redirects=False,
            stream=True,
        )
        with response:
            most, encoding = question.allowed.answer.size, response.headers.get("Content-Encoding", "")
            with self._budget.meter(question.allowed, question.host) as take:
                whole = body(response.raw, encoding, most, take)
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, lowered, whole, question.url)


def host_of(url: str) -> str:
    """Host and port of *url*, in lower case. Raises SourceFailed for what is no address."""
    try:
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        host = ""
    if not host:
        raise words.no_address("")
    return host


def _redirected(answer: Answer) -> str:
    """Where *answer* sends us, empty for nowhere."""
    location = answer.headers.get("location", "")
    if answer.status not in REDIRECTS or not location:
        return ""
    try:
        return urljoin(answer.url, location)
    except ValueError:
        raise Broken("it redirects to what is no address") from None


def _towards(question: Question, target: str) -> Question:
    """*question* at *target*, without its login where that is another origin.

    Registries answer a blob with a redirect to a bucket of somebody else's, with its own signature in the address
    (Docker Hub, ghcr.io, ECR). A login that went along would be that bucket's; and S3 refuses a request that is
    signed twice. The origin includes scheme and port, as browsers compare it (Fetch standard, HTTP-redirect fetch).
    """
    headers = question.headers
    if _origin(target) != _origin(question.url):
        headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
    return replace(question, url=target, headers=headers)


def _origin(url: str) -> tuple[str, str]:
    return url.partition(":")[0].lower(), host_of(url)
