"""What `--debug` says of each request: who was asked what, what came of it, and how long it took; never a secret."""

from __future__ import annotations

import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, quote_plus, unquote, unquote_plus, urlsplit

from profile_cd import neutral
from profile_cd.hiding import STARS, Hiding
from profile_cd.services.web.transport import Asked, Question

LONGEST = 400
"""Characters of one line."""
LONGEST_ADDRESS = 250
SHOWN = frozenset({
    "after", "base", "created", "event", "head", "last", "n", "page", "per_page", "ref", "scope", "service", "source",
    "state", "updated_after",
})  # fmt: skip
"""Parameters of an address that are shown; of all others not even the name: a signature or a token may be either."""
AGAIN = frozenset({0, 403, 408, 429, *range(500, 600)})
"""Statuses (0 for no answer) behind which the same question is a further try, and not one that is asked anew."""


class DebugLog:
    """Says each request in one line, through *say*. May be called from many threads, and never ends a run.

    *hiding* knows the secrets of the run. What else a request logs in with is learnt from its headers: a server may
    send us on to an address that repeats it.
    """

    def __init__(self, say: Callable[[str], None], hiding: Hiding | None = None) -> None:
        self._say = say
        self._hiding = hiding or Hiding()
        self._failed: dict[int, int] = {}
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> None:
        """Say what was *asked*."""
        with self._lock, suppress(OSError):
            learnt = dict.fromkeys(_secrets_of(asked.question), STARS)
            if not learnt.keys() <= self._hiding.instead.keys():
                self._hiding = Hiding({**learnt, **self._hiding.instead})
            self._say(described(asked, self._tries(asked), self._hiding))

    def _tries(self, asked: Asked) -> int:
        """How often this has been asked in a row, as long as it came to nothing."""
        question = asked.question
        key = hash((question.method, question.url, repr(question.json), repr(question.form)))
        tries = self._failed.pop(key, 0) + 1
        if asked.status in AGAIN:
            self._failed[key] = tries
        return tries


def described(asked: Asked, tries: int, hiding: Hiding) -> str:
    """One line on what was *asked* for the first, second or later time, as *tries* says, without secrets."""
    came = f"{asked.status}, {asked.size} bytes" if asked.status else f"no answer ({asked.trouble})"
    # Before the cut: the beginning of a secret is one, too.
    address = neutral.line(address_of(asked.question.url, hiding), LONGEST_ADDRESS)
    again = f", try {tries}" if tries > 1 else ""
    return neutral.line(f"{asked.question.method} {address}: {hiding(came)} in {asked.seconds:.3f} s{again}", LONGEST)


def address_of(url: str, hiding: Hiding) -> str:
    """*url* without user and password, and with only those of its parameters that no secret is written as.

    Secrets are looked for before it is taken apart, since a `#` in a password ends it for a reader of addresses, and
    in each part as it reads: whoever sends us on may encode any character (RFC 3986, section 2.4).
    """
    try:
        parts = urlsplit(hiding(url))
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return "(no address)"
    shown = [f"{name}={_value(value, hiding)}" for name, value in pairs if name in SHOWN]
    hidden = ["…"] if len(shown) < len(pairs) else []
    query = "&".join([*shown, *hidden])
    host, path = (_read(each, hiding) for each in (parts.netloc.rpartition("@")[2], parts.path))
    return f"{parts.scheme}://{host}{path}{'?' if query else ''}{query}"


def _read(text: str, hiding: Hiding) -> str:
    """*text* as it is, or as it reads where a secret is hidden in it."""
    for read in (unquote(text), unquote_plus(text)):
        text = text if hiding(read) == read else hiding(read)
    return text


def _value(value: str, hiding: Hiding) -> str:
    return quote_plus(hiding(value), safe="/:,*")


def _secrets_of(question: Question) -> Iterator[str]:
    """What *question* logs in with: the token of its headers, or the password of Basic (RFC 7617)."""
    for name, value in question.headers.items():
        if name.lower() in {"authorization", "private-token"}:
            kind, _, word = value.rpartition(" ")
            yield word
            if kind.lower() == "basic":
                with suppress(ValueError):
                    yield b64decode(word).decode("utf-8").partition(":")[2]
