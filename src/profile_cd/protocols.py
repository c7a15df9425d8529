"""How the outside world is handed in: the Web and the Clock as Protocols, and what crosses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from profile_cd.credentials import Login

if TYPE_CHECKING:
    from profile_cd.errors import SourceFailed

Item = TypeVar("Item")
Result = TypeVar("Result")

OK, NOT_MODIFIED, BAD_REQUEST = 200, 304, 400
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
"""The statuses of RFC 9110 and RFC 6585 that mean something of their own to us."""
SUCCESS = range(200, 300)
"""Statuses that say that what was asked was done (RFC 9110, section 15.3)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer over HTTP. Header names are lower case. *private*: it came out of a private network."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    private: bool = False


class Web(Protocol):
    """The outside world as sources see it: bounded in time, repeating what may be repeated."""

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, large: bool = False, public: bool = False
    ) -> Answer:
        """GET *url*; any status is an answer. Raises Unreachable where there is none.

        *large* is for what is read as text, such as the index of a chart repository: it may have 32 MB, all else 8.
        *public* is for an address that a public server named: it is not asked inside a private network.
        """
        ...

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """HEAD *url*, as `get`."""
        ...

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """POST a question that changes nothing (GraphQL) and may be repeated."""
        ...

    def git_refs(self, url: str, login: Login | None = None) -> Mapping[str, str]:
        """Reference name → object name of a Git repository, over smart HTTP."""
        ...

    def side_by_side(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result | SourceFailed]:
        """Call *function* on every item at once; a SourceFailed becomes that item's result."""
        ...


class Clock(Protocol):
    """Time, handed in so that a test can turn it."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
