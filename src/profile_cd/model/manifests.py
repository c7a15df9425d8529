"""What manifests say: what they ask, what they keep up to date, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from profile_cd.hiding import Hiding
from profile_cd.model.policy import NO_POLICY, Policy
from profile_cd.versions import Condition


@dataclass(frozen=True, slots=True)
class Transformer:
    """One step from the version to the value that is written: the manifest's key and its argument."""

    name: str
    argument: object


class Source(Protocol):
    """What a manifest asks: a frozen, hashable spec, so that two manifests can share one question."""

    @property
    def id(self) -> str:
        """Its name for people and for `--json`, like `dockerimage:mojaloop/central-ledger`."""
        ...

    @property
    def product(self) -> str:
        """The short name for titles, like `central-ledger`."""
        ...

    @property
    def host(self) -> str:
        """The host that answers for it."""
        ...


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source as one manifest uses it."""

    id: str
    line: int
    source: Source
    condition: Condition
    transformers: tuple[Transformer, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetUse:
    """One value that a manifest keeps up to date: a *key* in a *file*. *line* is the key's own.

    *value* stands in the manifest itself and replaces the source's, where it is not empty. *unset* are variables
    that nobody knows here and without which *file* and *key* cannot be known.
    """

    id: str
    line: int
    source_id: str
    file: str
    key: str
    value: str = ""
    document: int | None = None
    unset: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One document of a manifest file; *id* is the file's stem, with `#2` behind it for a second document.

    *bare* is the same manifest as it reads without the values of any variable, with as many targets in the same
    order, where it has templates: what it means is taken from there, so that it neither shows nor follows a value.
    """

    id: str
    path: str
    name: str
    line: int
    sources: tuple[SourceUse, ...]
    targets: tuple[TargetUse, ...]
    policy: Policy = NO_POLICY
    bare: Manifest | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must know, at one line of a manifest. A failure or a warning, by its list.

    *unset* names the variables without whose values it cannot be known whether anything is wrong.
    """

    manifest: str
    path: str
    line: int
    reason: str
    unset: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Loaded:
    """All manifests of a snapshot, in path order, and what is wrong with the others.

    *hiding* knows what variables said in addresses and logins: secrets, by which nothing may be named to people.
    """

    manifests: tuple[Manifest, ...]
    failures: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    hiding: Hiding = field(default_factory=Hiding)
