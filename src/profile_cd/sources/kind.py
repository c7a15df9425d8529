"""What is particular to one kind of source: everything that the rest of the house asks of it stands in one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from profile_cd.errors import SourceFailed
from profile_cd.fields import Table, Written
from profile_cd.model import Condition, Link, Order, Published, Source
from profile_cd.sources.session import Session

Spec = TypeVar("Spec", bound=Source)
Versions: TypeAlias = tuple[str, ...] | SourceFailed


def listed(_source: Source, _version: str, _older: Sequence[str], _session: Session) -> Published:
    """A version that is listed exists: nothing more is asked."""
    return Published(exists=True)


def no_pages(_source: Source, _old: str, _new: str, _session: Session) -> tuple[Link, ...]:
    """Nothing is known of what is new."""
    return ()


def any_condition(_source: Source, _condition: Condition) -> Sequence[str]:
    """Every condition is as good as another."""
    return ()


def one_spelling(_source: Source, version: str) -> Sequence[str]:
    """A version is compared as it is listed."""
    return (version,)


def only_listed(_source: Source, _version: str, _session: Session) -> bool | None:
    """Nobody can be asked for one version: only the list says what it has."""
    return None


def keeps_all(_source: Source, _version: str) -> bool:
    """Every version that is listed may be chosen."""
    return True


def no_date(_source: Source, _version: str, _session: Session) -> str:
    """Nobody says when a version was published."""
    return ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Spec]):
    """One kind of source: its frozen *spec*, the keys that a manifest can write below `spec`, and what it can do.

    *read* makes the spec of what is written. *ask* answers for all specs at once, since they share tokens, indexes
    and questions. *order* is the one that *ask* delivers in. *detail* looks at one chosen version, with the older
    ones that its condition takes as well, newest first. *links* are the pages between an old and a new version.

    *default_filter* is the kind of condition where a manifest names none. *check* says what a person should know of a
    condition on this source, and raises BadCondition where it cannot choose rightly. *spellings* are what a condition
    may take a version for, its own first; what is written is always spelled as it is listed. *created* says when a
    version was published (RFC 3339), empty where nobody knows; it is asked only where a manifest wants an age.
    *exists* asks for one version by its name, whatever the list says; None where that cannot be asked. *keeps* says
    whether a version is chosen from at all, or left out by the spec before any condition.
    """

    spec: type[Spec]
    fields: Table
    read: Callable[[Written], Spec]
    ask: Callable[[Sequence[Spec], Session], Mapping[Spec, Versions]]
    order: Callable[[Spec], Order]
    detail: Callable[[Spec, str, Sequence[str], Session], Published] = listed
    links: Callable[[Spec, str, str, Session], tuple[Link, ...]] = no_pages
    default_filter: str = "latest"
    check: Callable[[Spec, Condition], Sequence[str]] = any_condition
    spellings: Callable[[Spec, str], Sequence[str]] = one_spelling
    created: Callable[[Spec, str, Session], str] = no_date
    exists: Callable[[Spec, str, Session], bool | None] = only_listed
    keeps: Callable[[Spec, str], bool] = keeps_all
