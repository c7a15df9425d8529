"""What GitHub's deployments say of every project, and the trees that decide who lags behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.errors import GitHubRefused
from profile_cd.fanout import Project, Standing, standing
from profile_cd.model import Snapshot, Tree
from profile_cd.protocols import Clock
from profile_cd.services.repository import Deployments, Trees


@dataclass(frozen=True, slots=True)
class Record:
    """*standings* by environment, and *trees* by the name of the tree or commit, None where one cannot be read whole.

    They are those that deployments were made from, the one of the base, and those before and after the push that
    started this run, where a project without a deployment needs them. *note* says why there are no standings.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    trees: Mapping[str, Tree | None] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Whom the record is asked of: services of its own, since one connection to GitHub cannot be shared by threads."""

    deployments: Deployments
    trees: Trees
    clock: Clock

    def read(self, projects: Sequence[Project], snapshot: Snapshot, pushed: Sequence[str]) -> Record:
        """The record of *projects*; what cannot be read is said in its note, and decides nothing.

        *pushed* are the commits before and after the push that started this run.
        """
        note = ""
        standings: dict[str, Standing] = {}
        try:
            found = self.deployments.of([each.deployed_as for each in projects])
            now = self.clock.now()
            standings = {name: standing(deployments, now) for name, deployments in found.items()}
        except GitHubRefused as error:
            note = (
                f"Which deployments there are cannot be found out, so only what this run itself changed is triggered: "
                f"{error.what} The job needs `permissions: deployments: read`."
            )
        named = {tree for each in standings.values() for tree in (each.tree, each.pending_tree) if tree}
        first = any(not standings.get(each.deployed_as, Standing()).commit for each in projects)
        wanted = sorted(named) + [commit for commit in pushed if first and commit.strip("0")]
        return Record(standings, self.trees.of(snapshot.tree, wanted), note)
