"""What GitHub's deployments say of every project, and the trees that they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.errors import GitHubRefused
from profile_cd.fanout import Project, Standing, Tree, standing
from profile_cd.model import Snapshot
from profile_cd.protocols import Clock
from profile_cd.services.repository import Deployments, Repository


@dataclass(frozen=True, slots=True)
class Record:
    """*standings* by environment, the *trees* they were made from by object name, and the one of the *base*.

    A tree is None where it cannot be read whole. *note* says why there are no standings.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    trees: Mapping[str, Tree | None] = field(default_factory=dict)
    base: Tree | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Whom the record is asked of: services of its own, since one connection to GitHub cannot be shared by threads."""

    deployments: Deployments
    repository: Repository
    clock: Clock

    def read(self, projects: Sequence[Project], snapshot: Snapshot) -> Record:
        """The record of *projects*; what cannot be read is said in its note, and decides nothing."""
        base = self._tree(snapshot.tree)
        try:
            found = self.deployments.of([each.deployed_as for each in projects])
        except GitHubRefused as error:
            note = (
                f"Which deployments there are cannot be found out, so only what this run itself changed is triggered: "
                f"{error} The job needs `permissions: deployments: write`."
            )
            return Record(base=base, note=note)
        now = self.clock.now()
        standings = {name: standing(deployments, now) for name, deployments in found.items()}
        named = {tree for each in standings.values() for tree in (each.tree, each.pending_tree) if tree}
        trees = {tree: base if tree == snapshot.tree else self._tree(tree) for tree in sorted(named)}
        return Record(standings, trees, base)

    def _tree(self, name: str) -> Tree | None:
        """None for one that GitHub cuts off, or whose commit is gone: everybody is triggered then."""
        try:
            return self.repository.tree(name)
        except GitHubRefused:
            return None
