"""The nouns that cross rooms: frozen values. How the outside world is handed in stands in `protocols`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from profile_cd import versions
from profile_cd.hiding import Hiding
from profile_cd.policy import NO_POLICY, Policy
from profile_cd.turned import Turned

Lane = Literal["merge", "review"]

Tree: TypeAlias = Mapping[str, tuple[str, str]]
"""Path → (Git mode, object name) of every file of a commit."""

Choice: TypeAlias = versions.Choice
Condition: TypeAlias = versions.Condition
Order: TypeAlias = versions.Order
Verdict: TypeAlias = versions.Verdict


@dataclass(frozen=True, slots=True)
class File:
    """One file of a snapshot: its bytes and its Git mode (`100644`, `100755`, `120000`).

    Git has no mode for what can lie on a disk besides, such as a pipe: there it is `000000`.
    """

    data: bytes
    mode: str = "100644"

    @property
    def regular(self) -> bool:
        """Whether its bytes are its own: no link, no directory, no pipe."""
        return self.mode.startswith("100")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files that matter at one moment, by path relative to the repository's root.

    *commit* and *tree* are the object names they were read at, empty for a working tree.
    """

    files: Mapping[str, File]
    commit: str = ""
    tree: str = ""


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

    *unset* names the variables without whose values it cannot be told whether anything is wrong.
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


@dataclass(frozen=True, slots=True)
class Link:
    """A page about what is new in a version."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a source knows of one version. *platforms* is empty where it has none or is not asked."""

    exists: bool
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is to be written. *line* is that of the key in its manifest, at *path*.

    *held* says that it writes the version that the manifest holds, *major* that it leads to another major version.
    *why* is what a person has to look at, *commit_url* the address of the commit that brought it about, *turned* who
    changed the condition and how, None where nobody did.
    """

    manifest: str
    name: str
    path: str
    line: int
    source: str
    product: str
    file: str
    key: str
    old: str
    new: str
    version: str
    document: int | None = None
    lane: Lane = "merge"
    why: str = ""
    held: bool = field(default=False, compare=False)
    major: bool = field(default=False, compare=False)
    commit_url: str = field(default="", compare=False)
    turned: Turned | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that stays although its manifest chose another, and the reason.

    *decided* is False where it stays only because something could not be found out. *by* wrote the value at the
    moment *at* (RFC 3339) in the commit *commit*, whose page is *url*; *release* is what would let the chosen
    version in. Each is empty where it is not known.
    """

    change: Change
    reason: str
    decided: bool = True
    by: str = ""
    at: str = ""
    commit: str = ""
    url: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one run decided, before anything is written.

    *unchanged* counts the values that already stand as chosen. *notes* are remarks that concern no single manifest.
    """

    changes: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()
    failures: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    unchanged: int = 0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many manifests failed; each may have several failures."""
        return len({(problem.path, problem.manifest) for problem in self.failures})

    def lane(self, lane: Lane) -> tuple[Change, ...]:
        """The changes of one lane, in plan order."""
        return tuple(change for change in self.changes if change.lane == lane)
