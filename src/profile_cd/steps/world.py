"""What the steps of a run need of the outside, and what they were asked for."""

from __future__ import annotations

from dataclasses import dataclass

from profile_cd.inputs import Update
from profile_cd.model import Snapshot
from profile_cd.protocols import Clock
from profile_cd.services.repository import History, PullRequests, Repository
from profile_cd.services.runner import Runner
from profile_cd.steps import draft


@dataclass(frozen=True, slots=True)
class World:
    """The inputs of a run, and the services that touch the world for it."""

    inputs: Update
    repository: Repository
    pull_requests: PullRequests
    history: History
    runner: Runner
    clock: Clock

    @property
    def places(self) -> tuple[str, ...]:
        """Where manifests may lie, from the repository's root."""
        return draft.directories(self.inputs.manifest_dir, self.inputs.directory)

    def base(self) -> Snapshot:
        """The head of the base branch, now."""
        asked = self.inputs
        return self.repository.snapshot(asked.github.base, directories=self.places, within=asked.directory)
