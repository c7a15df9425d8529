"""Deployments: what was deployed where, and what became of it, by GitHub's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.github.people import Person

State = Literal["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]
STATES: tuple[State, ...] = ("error", "failure", "inactive", "in_progress", "queued", "pending", "success")


@dataclass(frozen=True)
class Status:
    """One thing that became of a deployment."""

    id: int
    state: State
    creator: Person
    at: str
    description: str = ""
    log_url: str = ""
    environment_url: str = ""


@dataclass
class Deployment:
    """One deployment of the commit *sha*; *statuses* are oldest first."""

    id: int
    sha: str
    ref: str
    task: str
    environment: str
    creator: Person
    created_at: str
    payload: Any = field(default_factory=dict)
    description: str | None = None
    transient: bool = False
    production: bool = False
    statuses: list[Status] = field(default_factory=list)

    @property
    def state(self) -> State:
        """What it is now; pending while nothing is known."""
        return self.statuses[-1].state if self.statuses else "pending"

    @property
    def updated_at(self) -> str:
        """When something became of it last."""
        return self.statuses[-1].at if self.statuses else self.created_at


def superseded(deployments: Sequence[Deployment], by: Deployment) -> list[Deployment]:
    """Those that a success of *by* makes inactive, unless it is asked not to.

    They are earlier, successful, of the same environment, and neither transient nor production.
    """
    return [
        each
        for each in deployments
        if each.id < by.id
        and each.environment == by.environment
        and each.state == "success"
        and not (each.transient or each.production)
    ]
