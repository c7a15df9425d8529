"""The words in which manifests are described: what a level's keys are, and how what the author wrote is read.

Below both the manifest language and the kinds of source, each of which brings the keys of its own `spec`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from profile_cd.credentials import Secret

ALWAYS_READABLE = ("GITHUB_TOKEN", "GITHUB_ACTOR")
"""The variables that every manifest may read; GITHUB_TOKEN is the input `token`."""

Type = Literal["text", "texts", "flag", "number", "mapping", "list", "filter"]


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what it *says*, and the type of its value; *below* is the table of a mapping with fixed keys.

    A *secret* that is *public* is a name, which may be shown. An *address* may hold a token out of a variable, which is
    shown as the manifest writes it. *old* are earlier spellings. Where *refused* is set, the key would change the
    outcome in a way that is not supported; where *ignored* is set, it has no effect here. Both are sentences for the
    author. A *cosmetic* key decides nothing, so that nothing is lost where it is misspelt.
    """

    says: str = ""
    type: Type = "text"
    required: bool = False
    secret: bool = False
    public: bool = False
    address: bool = False
    choices: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    refused: str = ""
    ignored: str = ""
    cosmetic: bool = False
    below: Table | None = None


Table: TypeAlias = Mapping[str, Field]


def refused(why: str, *, old: tuple[str, ...] = (), kind: Type = "mapping") -> Field:
    """A key that is an error; *why* says what to do instead."""
    return Field(type=kind, old=old, refused=why)


VERSIONFILTER = Field("Which versions may be taken; a plain text is a semver range.", "filter", old=("versionFilter",))
CONDITION_ONLY = Field(ignored="Only conditions use it.")


class Node(Protocol):
    """A value as the author wrote it."""

    @property
    def text(self) -> str:
        """The scalar's text, empty for what is none."""
        ...


class Written(Protocol):
    """One level of a manifest, as its author wrote it. Every method raises Unreadable, at the line of what is wrong."""

    def has(self, name: str) -> bool:
        """Whether *name* is there and holds something."""
        ...

    def at(self, name: str) -> int:
        """The line of *name*, or of the whole level where it is not there."""
        ...

    def node(self, name: str) -> Node:
        """The value of *name*, whatever it is."""
        ...

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        ...

    def secret(self, name: str) -> Secret:
        """A text that is shown to nobody."""
        ...

    def flag(self, name: str) -> bool:
        """`true` or `false`; false where it is not there."""
        ...

    def texts(self, name: str) -> tuple[tuple[str, int], ...]:
        """A list of texts, each with its line."""
        ...

    def below(self, name: str, table: Table) -> Written:
        """The level under *name*; an empty one where it is not there."""
        ...

    def only_one(self, one: str, other: str, *, required: bool) -> None:
        """Raise Unreadable where both are there, or where one is *required* and none is."""
        ...

    def warn(self, name: str, reason: str) -> None:
        """Warn of something at the line of *name*."""
        ...
