"""How the outside world is handed in: the Web and the Clock as Protocols, and what crosses them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from profile_cd.errors import SourceFailed

Item = TypeVar("Item")
Result = TypeVar("Result")


class Secret:
    """A text that is shown to nobody: it has no repr, no str and no place in a format string."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one header or form field that it belongs in."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer over HTTP. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and password for one host, or a bare bearer token where *user* is empty."""

    user: str
    password: Secret = field(repr=False)


class Web(Protocol):
    """The outside world as sources see it: bounded in time, repeating what may be repeated."""

    @property
    def memory(self) -> dict[Hashable, object]:
        """What was learnt during this run and need not be asked again, such as a registry's token."""
        ...

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """GET *url*; any status is an answer. Raises Unreachable where there is none."""
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
