"""What the steps of a run need of the outside, and what they were asked for."""

from __future__ import annotations

from dataclasses import dataclass

from profile_cd import neutral
from profile_cd.inputs import Update
from profile_cd.model import Snapshot
from profile_cd.proposal import Found
from profile_cd.protocols import Clock
from profile_cd.services.repository import Branches, History, PullRequests, Repository
from profile_cd.services.runner import Runner
from profile_cd.steps import draft
from profile_cd.steps.record import Ledger


@dataclass(frozen=True, slots=True)
class World:
    """The inputs of a run, the branch that it keeps up to date, and the services that touch the world for it."""

    inputs: Update
    base_branch: str
    repository: Repository
    branches: Branches
    pull_requests: PullRequests
    history: History
    ledger: Ledger
    runner: Runner
    clock: Clock

    @property
    def places(self) -> tuple[str, ...]:
        """Where manifests may lie, from the repository's root."""
        return draft.directories(self.inputs.manifest_dir, self.inputs.directory)

    @property
    def merges(self) -> bool:
        """Whether this run merges what it proposes in the merge lane."""
        return self.inputs.merge != "none" and not self.inputs.draft

    @property
    def writes(self) -> bool:
        """Whether this run may change anything: only one for the base branch does (design decision 14)."""
        return self.inputs.keeps(self.base_branch)

    @property
    def fans_out(self) -> bool:
        """Whether this run says which projects lag behind."""
        return self.writes and not self.inputs.dry_run and bool(self.inputs.projects)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the run as a whole."""
        if self.writes:
            return ()
        github = self.inputs.github
        what = github.ref.removeprefix("refs/heads/") or github.event_name
        words = (
            f"This run is for `{neutral.line(what)}` ({neutral.line(github.event_name)}), and profile-cd keeps "
            f"`{neutral.line(self.base_branch)}` up to date: it plans for that branch and writes nothing."
        )
        return (words,)

    def base(self) -> Snapshot:
        """The head of the base branch, now."""
        return self.repository.snapshot(self.base_branch, directories=self.places, within=self.inputs.directory)

    def find(self) -> Found:
        """Everything of ours on GitHub, now."""
        return self.pull_requests.find(self.inputs.branch_prefix, self.base_branch)
