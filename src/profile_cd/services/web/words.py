"""What is said of a host that gives no usable answer, without addresses and headers: they may hold secrets."""

from __future__ import annotations

import requests
import urllib3
from urllib3.exceptions import NewConnectionError

from profile_cd.errors import SourceFailed, Unreachable

TROUBLES: tuple[tuple[type[Exception], str], ...] = (
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
"""What the libraries raise, and our words for it; the first that fits."""


def trouble(error: Exception) -> str:
    """Why there is no answer."""
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in text:
        return "its certificate is not trusted"
    if "NameResolutionError" in text or "Failed to resolve" in text:
        return "no host has this name"
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NewConnectionError):
        return "it takes no connections"
    return next((words for kind, words in TROUBLES if isinstance(error, kind)), type(error).__name__)


def unreachable(host: str, why: str) -> Unreachable:
    """The failure of everything that is asked of *host*."""
    return Unreachable(
        f"{host} does not answer ({why}).",
        host=host,
        probably="Perhaps it has an outage.",
        now="Nothing is lost: the next run asks again.",
    )


def out_of_time(host: str, limit: float) -> Unreachable:
    """The failure of what was not asked any more, *limit* seconds after the first question of the run."""
    return Unreachable(
        f"{host} was not asked: this run has been asking for {limit:.0f} s already.",
        host=host,
        now="The next run asks again.",
    )


def no_address(host: str) -> SourceFailed:
    """The failure of what names no host that can be asked."""
    return SourceFailed(
        f"{f'`{host}`' if host else 'This'} is no host that can be asked.",
        probably="Its address is misspelt.",
        now="Correct it in the manifest.",
    )
