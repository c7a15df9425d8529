"""The web as sources see it: one pool of connections, bounded in time, repeating what may be repeated."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from profile_cd import __version__
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Answer, Clock, Login
from profile_cd.services.clock import SystemClock
from profile_cd.services.web_cache import NoCache, WebCache

TRIES = 3
PASSING = frozenset({408, 429, 500, 502, 503, 504, 522})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
LARGEST_BODY = 64 * 1024 * 1024
LONGEST_WAIT = 20.0
"""Seconds that one Retry-After may ask for."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Observe = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, between two bytes, for one answer as a whole, for everything that a run asks."""

    connect: float = 5.0
    read: float = 20.0
    whole: float = 60.0
    run: float = 300.0


@dataclass(slots=True)
class Counters:
    """What was asked so far, in all and by host."""

    requests: int = 0
    by_host: dict[str, int] = field(default_factory=dict)


class HttpWeb:
    """The outside world over HTTP. May be used from many threads; at most *workers* questions are under way."""

    def __init__(
        self,
        *,
        workers: int = 32,
        limits: Limits | None = None,
        observe: Observe | None = None,
        clock: Clock | None = None,
        cache: WebCache | None = None,
    ) -> None:
        self.counters = Counters()
        self.memory: dict[Hashable, object] = {}
        self._workers = max(1, workers)
        self._limits = limits or Limits()
        self._observe = observe or _nobody
        self._clock = clock or SystemClock()
        self._cache = cache or NoCache()
        self._slots = threading.BoundedSemaphore(self._workers)
        self._lock = threading.Lock()
        self._down: dict[str, str] = {}
        self._until = self._clock.monotonic() + self._limits.run
        self._session = requests.Session()
        adapter = HTTPAdapter(pool_connections=32, pool_maxsize=self._workers, max_retries=0)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._session.auth = _no_auth

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """GET *url*, following redirects; any status is an answer. Raises Unreachable where there is none.

        A large body is kept between runs where there is a cache, and asked for by its ETag.
        """
        known = self._cache.known(url)
        conditional = {"If-None-Match": known.headers["etag"]} if known else {}
        answer = self._patiently("GET", url, {**(headers or {}), **conditional}, None)
        if known and answer.status == 304:  # noqa: PLR2004  # RFC 9110, section 15.4.5
            return known
        self._cache.learn(url, answer)
        return answer

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """HEAD *url*, as `get`."""
        return self._patiently("HEAD", url, dict(headers or {}), None)

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """POST a question that changes nothing (GraphQL) and may be repeated."""
        return self._patiently("POST", url, dict(headers or {}), json)

    def git_refs(self, url: str, login: Login | None = None) -> Mapping[str, str]:
        """Reference name → object name of a Git repository, over smart HTTP."""
        from profile_cd.services.git_refs import git_refs

        host = urlsplit(url).netloc.rpartition("@")[2]
        self._count(host)
        with self._slots:
            return git_refs(url, login, timeout=self._limits.read)

    def side_by_side(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result | SourceFailed]:
        """Call *function* on every item at once; a SourceFailed becomes that item's result."""

        def call(item: Item) -> Result | SourceFailed:
            try:
                return function(item)
            except SourceFailed as error:
                return error

        if self._workers == 1 or len(items) < 2:  # noqa: PLR2004  # one item needs no company
            return [call(item) for item in items]
        pool = ThreadPoolExecutor(min(self._workers, len(items)))
        try:
            return list(pool.map(call, items))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _patiently(self, method: str, url: str, headers: dict[str, str], json: object) -> Answer:
        host = urlsplit(url).netloc.rpartition("@")[2]
        trouble = ""
        for attempt in range(TRIES):
            self._check(host)
            if attempt:
                self._clock.sleep(min(0.3 * 3**attempt, 5.0) * (0.5 + random.random()))  # noqa: S311  # jitter
            try:
                answer = self._follow(method, url, headers, json)
            except requests.RequestException as error:
                trouble = _words(error)
                continue
            if answer.status not in PASSING or attempt == TRIES - 1:
                return answer
            trouble = f"status {answer.status}"
            self._clock.sleep(_retry_after(answer))
        with self._lock:
            self._down[host] = trouble
        raise _unreachable(host, trouble)

    def _check(self, host: str) -> None:
        """Fail at once where there is no time left, or the host has been given up."""
        if host in self._down:
            raise _unreachable(host, self._down[host])
        if self._clock.monotonic() > self._until:
            raise Unreachable(
                f"{host} was not asked: this run has asked for {self._limits.run:.0f} s already.",
                host=host,
                now="The next run asks again.",
            )

    def _follow(self, method: str, url: str, headers: dict[str, str], json: object) -> Answer:
        deadline = self._clock.monotonic() + self._limits.whole
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(method, url, headers, json, deadline)
            place = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not place:
                return answer
            target = urljoin(url, place)
            if _origin(target) != _origin(url):
                headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
            url = target
        return answer

    def _once(self, method: str, url: str, headers: dict[str, str], json: object, deadline: float) -> Answer:
        host = urlsplit(url).netloc.rpartition("@")[2]
        with self._slots:
            self._count(host)
            try:
                response = self._session.request(
                    method,
                    url,
                    headers={"User-Agent": f"profile-cd/{__version__}", **headers},
                    json=json,
                    timeout=(self._limits.connect, self._limits.read),
                    allow_redirects=False,
                    stream=True,
                )
                with response:
                    body = self._body(response, deadline)
            finally:
                self._observe(host, "answered")
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, lowered, body, url)

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(65536):
            parts.append(part)
            size += len(part)
            if size > LARGEST_BODY:
                raise requests.exceptions.ContentDecodingError("more than 64 MB")
            if self._clock.monotonic() > deadline:
                raise requests.Timeout("the answer came too slowly")
        return b"".join(parts)

    def _count(self, host: str) -> None:
        with self._lock:
            self.counters.requests += 1
            self.counters.by_host[host] = self.counters.by_host.get(host, 0) + 1
        self._observe(host, "asked")


def _nobody(_host: str, _event: str) -> None:
    """Watch nothing."""


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep a .netrc of the machine out of it."""
    return request


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.rpartition("@")[2].lower()


def _words(error: requests.RequestException) -> str:
    """What went wrong, without the address: it may hold what is not for a log."""
    kinds: tuple[tuple[type[requests.RequestException], str], ...] = (
        (requests.exceptions.SSLError, "its certificate is not trusted"),
        (requests.exceptions.ProxyError, "the proxy does not reach it"),
        (requests.ConnectTimeout, "no connection in time"),
        (requests.Timeout, "no answer in time"),
        (requests.exceptions.ChunkedEncodingError, "the answer broke off"),
        (requests.ConnectionError, "the connection failed"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), type(error).__name__)


def _retry_after(answer: Answer) -> float:
    value = answer.headers.get("retry-after", "")
    return min(float(value), LONGEST_WAIT) if value.isdigit() else 0.0


def _unreachable(host: str, trouble: str) -> Unreachable:
    return Unreachable(
        f"{host} does not answer ({trouble}).",
        host=host,
        probably="Perhaps it has an outage.",
        now="Nothing is lost: the next run asks again.",
    )
