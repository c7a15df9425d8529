"""What goes over the wire in the sandbox: requests, answers, and what may come between the two."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """One request as it arrived. Header names are lower case; *path* has no query and is not unquoted."""

    method: str
    scheme: str
    host: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    target: str = ""

    def json(self) -> object:
        """The body as JSON; None where it is empty."""
        return json.loads(self.body) if self.body else None

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query field."""
        return self.query.get(name, [default])[0]

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`, as the client named it."""
        return f"{self.scheme}://{self.host}"


@dataclass(frozen=True)
class Response:
    """One answer.

    Where its `Content-Length` promises more than *body* holds, the connection is cut behind it. *trickle* is
    the time in seconds over which the body is sent, in fifty pieces.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trickle: float = 0.0

    @classmethod
    def of_json(cls, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        """An answer in JSON."""
        return cls(
            status,
            {"Content-Type": "application/json; charset=utf-8", **(headers or {})},
            json.dumps(value).encode(),
        )


class Site(Protocol):
    """One server of the outside world. It is called from many threads."""

    def answer(self, request: Request) -> Response:
        """Answer *request*."""
        ...


class Reset(Exception):  # not a mistake: the connection is to be cut
    """Raised by a hook: cut the connection without an answer."""


@dataclass
class Exchange:
    """One request with its answer, for counting and for checks against a schema. Status 0: it was cut."""

    request: Request
    response: Response
    at: float
    connection: int


Hook = Callable[[Request, Callable[[], Response]], Response]
"""Stands between client and site: may answer itself, call the site, spoil its answer or raise Reset."""
