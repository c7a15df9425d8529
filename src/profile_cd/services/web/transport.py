"""One HTTP exchange at a time, over a shared pool of connections: bounded in time and size, judged by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from urllib3.exceptions import NewConnectionError

from profile_cd import __version__
from profile_cd.errors import SourceFailed
from profile_cd.protocols import Answer, Clock
from profile_cd.services.web.tls import Adapter

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
    """There is no answer; *words* say why. *nobody*: not even a connection, so others need not try."""

    def __init__(self, words: str, *, nobody: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.nobody = nobody


class Transport:
    """May be used from many threads; keeps *connections* open for each host."""

    def __init__(self, limits: Limits, clock: Clock, connections: int) -> None:
        self._limits = limits
        self._clock = clock
        self._session = _Session()
        # A callable here keeps a .netrc of the machine out of it.
        self._session.auth = _no_auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = Adapter(pool_connections=32, pool_maxsize=connections, max_retries=0)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

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


class _Session(requests.Session):
    """Looks at no redirect: requests would read the whole body of one first, however long that takes."""

    def get_redirect_target(self, _response: requests.Response) -> None:
        return None


def host_of(url: str) -> str:
    """Host and port of *url*, in lower case. Raises SourceFailed for what is no address."""
    try:
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        host = ""
    if not host:
        raise _no_address("")
    return host


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _redirected(answer: Answer) -> str:
    """Where *answer* sends us, empty for nowhere."""
    place = answer.headers.get("location", "")
    if answer.status not in REDIRECTS or not place:
        return ""
    try:
        return urljoin(answer.url, place)
    except ValueError:
        raise Broken("it redirects to what is no address") from None


def _towards(question: Question, target: str) -> Question:
    """*question* at *target*, without its login where that is another origin."""
    headers = question.headers
    if _origin(target) != _origin(question.url):
        headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
    return Question(question.method, target, headers, question.json)


def _origin(url: str) -> tuple[str, str]:
    return url.partition(":")[0].lower(), host_of(url)


@contextmanager
def _translated(question: Question) -> Iterator[None]:
    """Turn whatever the libraries raise into our words, without addresses and headers: they may hold secrets."""
    try:
        yield
    except requests.exceptions.InvalidHeader:
        trouble: Exception = SourceFailed(f"The login for {question.host} holds characters that no login can have.")
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        urllib3.exceptions.LocationValueError,
        UnicodeError,
    ):
        trouble = _no_address(question.host)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        trouble = _in_words(error)
    else:
        return
    raise trouble from None


def _no_address(host: str) -> SourceFailed:
    return SourceFailed(
        f"{f'`{host}`' if host else 'This'} is no host that can be asked.",
        probably="Its address is misspelt.",
        now="Correct it in the manifest.",
    )


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "there is no trusted connection to it"),
    (requests.exceptions.ProxyError, "the proxy does not reach it"),
    (requests.exceptions.ConnectTimeout, "no connection in time"),
    (requests.exceptions.Timeout, "no answer in time"),
    (urllib3.exceptions.TimeoutError, "no answer in time"),
    (urllib3.exceptions.DecodeError, "what came cannot be unpacked"),
    (requests.exceptions.ChunkedEncodingError, "the answer broke off"),
    (urllib3.exceptions.ProtocolError, "the answer broke off"),
    (requests.exceptions.ConnectionError, "the connection broke off"),
)


def _in_words(error: Exception) -> Broken:
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in text:
        return Broken("its certificate is not trusted", nobody=True)
    if "NameResolutionError" in text or "Failed to resolve" in text:
        return Broken("no host has this name", nobody=True)
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NewConnectionError):
        return Broken("it takes no connections", nobody=True)
    words = next((words for kind, words in _WORDS if isinstance(error, kind)), type(error).__name__)
    return Broken(words, nobody=isinstance(error, requests.exceptions.ConnectTimeout))
