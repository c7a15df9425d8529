"""What a run decides: which values are to be written, which stay, and what was found out about versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from profile_cd.model.manifests import Problem
from profile_cd.model.turned import Turned

Lane = Literal["merge", "review"]


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
