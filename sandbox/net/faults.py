"""What goes wrong on the way: hooks for a street, each for the requests that a predicate picks, a number of times.

`street.hooks.append(faults.status(503, when=faults.path("/v2/"), times=2))`
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sandbox.net.messages import Request, Reset, Response

When = Callable[[Request], bool]
Call = Callable[[], Response]

PROXY_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>::error::Please sign in</body></html>"
"""What a captive portal says instead of JSON; with a workflow command in it, as anybody might write one."""


def always(request: Request) -> bool:  # noqa: ARG001  # a predicate's shape
    """Every request."""
    return True


def path(part: str, *, method: str = "") -> When:
    """Requests whose path contains *part*, of one *method* only where it is named."""
    return lambda request: part in request.path and method in ("", request.method)


def host(name: str) -> When:
    """Requests to the host *name*, whatever the port."""
    return lambda request: request.host.partition(":")[0] == name


@dataclass
class Fault:
    """A hook that spoils the first *times* requests for which *when* holds (None: all). *struck* counts them."""

    spoil: Callable[[Call], Response]
    when: When
    times: int | None
    struck: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, request: Request, call: Call) -> Response:
        """Stand between client and site."""
        return self.spoil(call) if self._strikes(request) else call()

    def _strikes(self, request: Request) -> bool:
        if not self.when(request):
            return False
        with self._lock:
            if self.times is not None and self.struck >= self.times:
                return False
            self.struck += 1
        return True


def status(
    code: int,
    body: bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    when: When = always,
    times: int | None = None,
) -> Fault:
    """Answer with status *code* and leave the site out of it."""
    answer = Response(code, {"Content-Type": "text/plain", **(headers or {})}, body)
    return Fault(lambda _: answer, when, times)


def reset(*, when: When = always, times: int | None = None) -> Fault:
    """Cut the connection before the site hears of the request."""

    def spoil(_: Call) -> Response:
        raise Reset

    return Fault(spoil, when, times)


def lost_answer(*, when: When = always, times: int | None = None) -> Fault:
    """Let the site do what it was asked, then cut the connection: the client cannot know."""

    def spoil(call: Call) -> Response:
        call()
        raise Reset

    return Fault(spoil, when, times)


def truncated(*, share: float = 0.5, when: When = always, times: int | None = None) -> Fault:
    """Promise the whole body, send this *share* of it, then cut the connection."""

    def spoil(call: Call) -> Response:
        whole = call()
        headers = {**whole.headers, "Content-Length": str(len(whole.body))}
        return replace(whole, headers=headers, body=whole.body[: int(len(whole.body) * share)])

    return Fault(spoil, when, times)


def html(code: int = 200, *, when: When = always, times: int | None = None) -> Fault:
    """Answer with a page where data was expected."""
    return Fault(lambda _: Response(code, {"Content-Type": "text/html"}, PROXY_PAGE), when, times)


def drip(seconds: float, *, when: When = always, times: int | None = None) -> Fault:
    """Spread the body over *seconds*, so that no single read is ever late."""
    return Fault(lambda call: replace(call(), trickle=seconds), when, times)


def bomb(*, when: When = always, times: int | None = None) -> Fault:
    """Do what was asked, then answer with 60 kB that unpack to 57 MB of empty lists."""
    packed = gzip.compress(b"[" + b"[]," * 19_000_000 + b"[]]", 1)
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}

    def spoil(call: Call) -> Response:
        return Response(call().status, headers, packed)

    return Fault(spoil, when, times)


def other_shape(*, when: When = always, times: int | None = None) -> Fault:
    """Do what was asked, then answer in JSON that nobody expects, with half a pair of surrogates in it."""

    def spoil(call: Call) -> Response:
        return Response.of_json({"unexpected": ["\ud800"]}, call().status)

    return Fault(spoil, when, times)
