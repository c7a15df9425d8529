"""An exchange without an answer: whatever the libraries raise becomes one failure, in our words."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException

import requests
import urllib3
from urllib3.exceptions import NameResolutionError, NewConnectionError

from profile_cd.errors import SourceFailed
from profile_cd.services.web import words
from profile_cd.services.web.budget import Spent
from profile_cd.services.web.connections import Inside
from profile_cd.services.web.deadline import Exchange
from profile_cd.services.web.reading import Unreadable

UNTRUSTED = "its certificate is not trusted"


class Broken(Exception):
    """There is no answer; *why* says what happened. *lasting*: another try would come to the same.

    *alone*: it is about this one answer, and the host may give others.
    """

    def __init__(self, why: str, *, lasting: bool = False, alone: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.lasting = lasting
        self.alone = alone


ADDRESSES = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    urllib3.exceptions.LocationValueError,
    UnicodeError,
)
"""What is raised before anything is asked, because the address is none."""

FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)
"""What is raised because of what came, or did not come."""

TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "there is no trusted connection to it"),
    (requests.exceptions.ProxyError, "the proxy does not reach it"),
    (requests.exceptions.ConnectTimeout, "no connection in time"),
    (requests.exceptions.Timeout, "no answer in time"),
    (requests.exceptions.InvalidHeader, "its answer contradicts itself in a header"),
    (urllib3.exceptions.TimeoutError, "no answer in time"),
    (urllib3.exceptions.InvalidHeader, "its answer contradicts itself in a header"),
    (urllib3.exceptions.ProtocolError, "the answer broke off"),
    (requests.exceptions.ConnectionError, "the connection broke off"),
)
"""What the libraries raise, and our words for it; the first that fits."""


@contextmanager
def translated(host: str, exchange: Exchange, seconds: float) -> Iterator[None]:
    """Let only Broken or a SourceFailed out, without addresses and headers: they may hold secrets."""
    try:
        yield
    except (Unreadable, Spent, Inside, *ADDRESSES, *FAILURES) as error:
        failure = _failure(host, error)
    else:
        # A connection that ends within the header, or within a body without a length, is no error to http.client.
        if not exchange.late:
            return
        failure = Broken("")
    if exchange.late:
        failure = Broken(f"the answer was not complete after {seconds:.3g} s", lasting=True)
    # Without its cause: the libraries' errors repeat addresses and headers, and a traceback would show them.
    raise failure from None


def check_headers(host: str, headers: Mapping[str, str]) -> None:
    """Raise SourceFailed where *headers* hold what cannot be sent (RFC 9110, section 5.5); a login is all we put in."""
    for value in headers.values():
        if not value.isascii() or not value.isprintable() or value != value.strip():
            raise SourceFailed(
                f"The login for {host} holds characters that no login can have.",
                probably="Perhaps a line break or a typographic quote was copied with it.",
                now="Write the secret anew.",
            )


def _failure(host: str, error: Exception) -> Exception:
    match error:
        case Unreadable():
            return Broken(error.why, lasting=error.lasting, alone=error.lasting)
        case Spent():
            return Broken(error.why, lasting=True, alone=True)
        case Inside():
            return words.inside(host)
    return words.no_address(host) if isinstance(error, ADDRESSES) else _of_libraries(host, error)


def _of_libraries(host: str, error: Exception) -> Exception:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NameResolutionError):
        cause = reason.__cause__
        absent = isinstance(cause, socket.gaierror) and cause.errno in {socket.EAI_NONAME, socket.EAI_NODATA}
        return words.no_such_host(host) if absent else Broken("its name could not be looked up")
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Broken(UNTRUSTED)
    if isinstance(reason, NewConnectionError):
        return Broken("it takes no connections")
    return Broken(next((why for kind, why in TROUBLES if isinstance(error, kind)), type(error).__name__))
