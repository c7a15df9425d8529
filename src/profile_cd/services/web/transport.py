"""One HTTP exchange at a time, over a shared pool of connections: bounded in time and size, judged by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from profile_cd import __version__
from profile_cd.errors import SourceFailed
from profile_cd.protocols import Answer, Clock
from profile_cd.services.web import words
from profile_cd.services.web.session import session

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
LARGEST_BODY = 64 * 1024 * 1024
PIECE = 64 * 1024
Watch = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, between two bytes, for one answer as a whole, for everything that a run asks."""

    connect: float = 5.0
    read: float = 20.0
    whole: float = 60.0
    run: float = 300.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. *json* is the body of a POST, None for none."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    json: object = None

    @property
    def host(self) -> str:
        """Host and port that are asked. Raises SourceFailed where the address names none."""
        return host_of(self.url)


class Broken(Exception):
    """There is no answer; *words* say why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.words = why


class Transport:
    """May be used from many threads; keeps *connections* open for each host."""

    def __init__(self, limits: Limits, clock: Clock, connections: int) -> None:
        self._limits = limits
        self._clock = clock
        self._session = session(connections)

    def exchange(self, question: Question, watch: Watch) -> Answer:
        """The answer, after at most five redirects; each request is made inside *watch*, called with its host.

        A login goes to the host it was meant for and no further. Raises Broken without an answer, SourceFailed
        for what is no address.
        """
        deadline = self._clock.monotonic() + self._limits.whole
        for _ in range(MOST_REDIRECTS + 1):
            with watch(question.host):
                answer = self._once(question, deadline)
            target = _redirected(answer)
            if not target:
                return answer
            question = _towards(question, target)
        raise Broken("it redirects for ever")

    def _once(self, question: Question, deadline: float) -> Answer:
        with _translated(question):
            response = self._session.request(
                question.method,
                question.url,
                headers={"User-Agent": f"profile-cd/{__version__}", **question.headers},
                json=question.json,
                timeout=(self._limits.connect, self._limits.read),
                allow_redirects=False,
                stream=True,
            )
            with response:
                body = self._body(response, deadline)
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, lowered, body, question.url)

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """The whole body. What has arrived is looked at byte by byte, so that a drip ends at the deadline."""
        parts, size = [], 0
        while part := response.raw.read1(PIECE, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > LARGEST_BODY:
                raise Broken(f"more than {LARGEST_BODY // 1024 // 1024} MB in one answer")
            if self._clock.monotonic() > deadline:
                raise Broken(f"the answer was not complete after {self._limits.whole:g} s")
        return b"".join(parts)


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
    return Question(question.method, target, headers, question.json)


def _origin(url: str) -> tuple[str, str]:
    return url.partition(":")[0].lower(), host_of(url)


@contextmanager
def _translated(question: Question) -> Iterator[None]:
    """Turn whatever the libraries raise into our words."""
    try:
        yield
    except requests.exceptions.InvalidHeader:
        failure: Exception = SourceFailed(f"The login for {question.host} holds characters that no login can have.")
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        urllib3.exceptions.LocationValueError,
        UnicodeError,
    ):
        failure = words.no_address(question.host)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        failure = Broken(words.trouble(error))
    else:
        return
    # Without its cause: the libraries' errors repeat addresses and headers, and a traceback would show them.
    raise failure from None
