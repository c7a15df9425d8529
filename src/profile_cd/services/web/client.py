"""The web as sources see it: one pool of connections, bounded in time, repeating what may be repeated."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from profile_cd.credentials import Login
from profile_cd.errors import ProfileError, SourceFailed, unexpected, without_frames
from profile_cd.protocols import NOT_MODIFIED, Answer, Clock
from profile_cd.services.clock import Stopwatch, SystemClock
from profile_cd.services.retry import SILENCE, End, Policy, Reply, repeat, retry_after
from profile_cd.services.web import words
from profile_cd.services.web.broken import Broken
from profile_cd.services.web.budget import LARGE, SMALL
from profile_cd.services.web.cache import NoCache, WebCache
from profile_cd.services.web.transport import Debug, Limits, Question, Transport, host_of

__all__ = ["Counters", "HttpWeb", "Limits"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Observe = Callable[[str, str], None]
WAKES = 0.2
"""Seconds after which Ctrl-C is seen at the latest."""

POLICY = Policy(
    tries=Limits().tries,
    passing=frozenset({408, 429, 500, 502, 503, 504, 522}),
    longest=20.0,
    first=0.3,
    factor=3.0,
    most=5.0,
)
"""How a registry, a repository of charts or a page is asked."""

OUTAGE = frozenset({SILENCE, 502, 503, 504, 522})
"""Statuses that speak of the host and not of the question: whoever says so three times is given up."""


@dataclass(slots=True)
class Counters:
    """What was asked so far, in all and by host."""

    requests: int = 0
    by_host: dict[str, int] = field(default_factory=dict)


class HttpWeb:
    """The outside world over HTTP. May be used from many threads; at most *workers* questions are under way.

    The machine's proxy and certificates are honoured; its .netrc and all cookies are not.
    """

    def __init__(
        self,
        *,
        workers: int = 32,
        limits: Limits | None = None,
        observe: Observe | None = None,
        clock: Clock | None = None,
        cache: WebCache | None = None,
        debug: Debug | None = None,
    ) -> None:
        self.counters = Counters()
        self._workers = max(1, workers)
        self._limits = limits or Limits()
        self._observe = observe or _no_observer
        self._clock = clock or SystemClock()
        self._cache = cache or NoCache()
        self._policy = replace(POLICY, tries=self._limits.tries)
        self._slots = threading.BoundedSemaphore(self._workers)
        self._lock = threading.Lock()
        # References take ten times the memory of their text while they are read, so only one host's are at a time.
        self._reading = threading.Lock()
        self._down: dict[str, str] = {}
        self._refusing: set[str] = set()
        self._stopped = False
        self._asking = Stopwatch(self._clock)
        self._transport = Transport(self._limits, self._workers, debug)

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, large: bool = False, public: bool = False
    ) -> Answer:
        """GET *url*, following redirects; any status is an answer. Raises Unreachable where there is none.

        A large body is kept between runs where there is a cache, and asked for by its ETag; not one that
        only a login opens.
        """
        allowed = LARGE if large else SMALL
        if "Authorization" in (headers or {}):
            return self._within_time(Question("GET", url, dict(headers or {}), allowed=allowed, public=public))
        known = self._cache.known(url)
        conditional = {"If-None-Match": known.headers["etag"]} if known else {}
        answer = self._within_time(
            Question("GET", url, {**(headers or {}), **conditional}, allowed=allowed, public=public)
        )
        if known and answer.status == NOT_MODIFIED:
            return known
        self._cache.learn(url, answer)
        return answer

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """HEAD *url*, as `get`."""
        return self._within_time(Question("HEAD", url, dict(headers or {})))

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """POST a question that changes nothing (GraphQL) and may be repeated."""
        return self._within_time(Question("POST", url, dict(headers or {}), json))

    def git_refs(self, url: str, login: Login | None = None) -> Mapping[str, str]:
        """Reference name → object name of a Git repository, over smart HTTP."""
        from profile_cd.services.web import git_refs

        answer = git_refs.ask(partial(self.get, large=True), url, login)
        with self._reading:
            return git_refs.advertised(answer.body, host_of(url))

    def side_by_side(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result | SourceFailed]:
        """Call *function* on every item at once; a SourceFailed becomes that item's result, a mistake of ours, too.

        May be called from within *function*: every call has threads of its own, only questions are limited.
        """

        def call(item: Item) -> Result | SourceFailed:
            try:
                return function(item)
            except SourceFailed as error:
                return without_frames(error)
            except ProfileError:
                raise
            except Exception as error:  # noqa: BLE001  # a value that nobody thought of fails its own source only
                return unexpected(error, SourceFailed)

        alone = self._workers == 1 or len(items) < 2  # noqa: PLR2004  # one item needs no company
        if not items or (alone and threading.current_thread() is not threading.main_thread()):
            return [call(item) for item in items]
        pool = ThreadPoolExecutor(min(self._workers, len(items)))
        try:
            return _results([pool.submit(call, item) for item in items])
        except BaseException:
            # Ctrl-C must not wait for what the other threads would still ask.
            self._stopped = True
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _within_time(self, question: Question) -> Answer:
        """Ask as often as *tries* says (three times), within what is left of the run's time."""
        with self._asking.running():
            return self._repeatedly(question)

    def _repeatedly(self, question: Question) -> Answer:
        # A host that goes on refusing (Docker Hub's limit lasts six hours) is asked once by each further source.
        policy = replace(self._policy, tries=1) if question.host in self._refusing else self._policy
        result = repeat(policy, self._clock, lambda: self._reply(question))
        reply = result.reply
        if reply.answer is None or (result.end is End.EXHAUSTED and reply.status in OUTAGE):
            if not reply.alone:
                with self._lock:
                    self._down[question.host] = reply.trouble
            said = words.unbearable if reply.alone else words.unreachable
            raise said(question.host, reply.trouble)
        if reply.status in policy.passing:
            with self._lock:
                self._refusing.add(question.host)
        return reply.answer

    def _reply(self, question: Question) -> Reply[Answer]:
        """What one try comes to. Raises Unreachable where it must not even be tried."""
        left = self._check(question.host)
        try:
            answer = self._transport.exchange(question, self._watch, min(left, self._limits.whole))
        except Broken as broken:
            return Reply(trouble=broken.why, lasting=broken.lasting, alone=broken.alone)
        wanted = retry_after(answer.headers, self._clock.now()) or 0.0
        return Reply(answer.status, answer, wanted, trouble=f"status {answer.status}")

    def _check(self, host: str) -> float:
        """The seconds that are left. Raises Unreachable where there are none, or the host has been given up."""
        with self._lock:
            trouble = "the run was stopped" if self._stopped else self._down.get(host, "")
        if trouble:
            raise words.unreachable(host, trouble)
        left = self._limits.run - self._asking.seconds()
        if left <= 0:
            raise words.out_of_time(host, self._limits.run)
        return left

    @contextmanager
    def _watch(self, host: str) -> Iterator[None]:
        """Take one of the slots for one request, and count it."""
        with self._slots:
            with self._lock:
                self.counters.requests += 1
                self.counters.by_host[host] = self.counters.by_host.get(host, 0) + 1
            self._observe(host, "asked")
            try:
                yield
            finally:
                self._observe(host, "answered")


def _results(futures: Sequence[Future[Result]]) -> list[Result]:
    """All results, or the first mistake of ours at once.

    The main thread waits here and nowhere else, and never for long: CPython runs the handler of a signal only
    between two bytecodes of the main thread, so a Ctrl-C that comes just before it falls asleep on a lock without
    a timeout would be seen only when the last answer is there.
    """
    pending = set(futures)
    while pending:
        done, pending = wait(pending, WAKES, FIRST_COMPLETED)
        for each in done:
            each.result()
    return [each.result() for each in futures]


def _no_observer(_host: str, _event: str) -> None:
    """Watch nothing."""
