"""What GitLab knows: projects, the pipelines that were started, and the tokens that may read them."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sandbox.gitlab.troubles import Trouble

ROLES = ("developer", "maintainer", "owner")
FIRST_ID = 1001


@dataclass
class GitLabProject:
    """One project. *id* and *path* both find it; *token* is its trigger token, of a user with *role*.

    *variables_role* is the setting "Minimum role to use pipeline variables"; *payload_counts* is the behaviour
    of versions that count the trigger's own payload as a variable. *inputs* are those that its file defines (None:
    whatever comes). *trouble* spoils every trigger, *troubles* only the next ones, one after another. *statuses* are
    what each look at a pipeline sees, the last for good; *scripts* are those of the next pipelines, one after another.
    *most* pipelines may start within *window* seconds (None: without end).
    """

    token: str
    _: KW_ONLY
    id: int = 0
    path: str = ""
    refs: Collection[str] = frozenset({"main"})
    role: Literal["developer", "maintainer", "owner"] = "maintainer"
    variables_role: Literal["no_one_allowed", "owner", "maintainer", "developer"] = "developer"
    payload_counts: bool = False
    inputs: Collection[str] | None = None
    public: bool = False
    trouble: Trouble = ""
    troubles: list[Trouble] = field(default_factory=list)
    statuses: tuple[str, ...] = ("created", "pending", "running", "success")
    scripts: list[tuple[str, ...]] = field(default_factory=list)
    retry_after: int | None = None
    most: int | None = None
    window: float = 60.0

    @property
    def sets_variables(self) -> bool:
        """Whether the owner of the trigger token may set pipeline variables."""
        if self.variables_role == "no_one_allowed":
            return False
        return ROLES.index(self.role) >= ROLES.index(self.variables_role)

    def next_trouble(self) -> Trouble:
        """What spoils the trigger that has just come."""
        return self.troubles.pop(0) if self.troubles else self.trouble

    def next_script(self) -> tuple[str, ...]:
        """How the pipeline that starts now goes on."""
        return self.scripts.pop(0) if self.scripts else self.statuses


@dataclass
class Pipeline:
    """A pipeline that was started. *looks* counts how often its status was read; *began* is monotonic."""

    id: int
    iid: int
    project: GitLabProject
    ref: str
    variables: Mapping[str, str]
    inputs: Mapping[str, object]
    statuses: tuple[str, ...] = ()
    looks: int = 0
    began: float = field(default_factory=time.monotonic)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def status(self) -> str:
        """What GitLab says of it at this look."""
        statuses = self.statuses or self.project.statuses
        return statuses[min(self.looks, len(statuses) - 1)]

    def look(self) -> None:
        """Somebody reads it: it goes one step on."""
        before = self.status
        self.looks += 1
        if self.status != before:
            self.updated_at = datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ReadToken:
    """A token of a person, a project or a group. *paths* are the projects that it is a member of (None: all)."""

    scopes: Collection[str] = ("read_api",)
    paths: Collection[str] | None = None
    expired: bool = False

    @property
    def reads(self) -> bool:
        """Whether it may ask the API."""
        return "read_api" in self.scopes or "api" in self.scopes
