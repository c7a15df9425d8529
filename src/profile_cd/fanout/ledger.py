"""What GitHub's deployments say of each project: which commit it was last deployed from, and what is under way.

A deployment is made before GitLab is asked, and settled after its answer. It is *accepted* where a pipeline was
created for it, however that ended: GitLab has the commit then, and a new pipeline would deploy the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TASK = "profile-cd"
"""The task of ours: a job with `environment: dev` makes others, whose task is `deploy`, under the same name."""

ACCEPTED = frozenset({"in_progress", "success", "failure"})
PATIENCE = timedelta(minutes=10)
"""How long a deployment that nobody settled is taken for one that is being made."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment of ours. *states* are all that it ever had, in any order and in lower case.

    *tree* is that of its commit, empty where the commit is gone. *since* is the commit of the newest accepted
    deployment when it was made, so that any number of refused ones in a row hides nothing.
    """

    id: int
    commit: str
    tree: str
    created: datetime
    states: tuple[str, ...] = ()
    since: str = ""
    log_url: str = ""

    @property
    def accepted(self) -> bool:
        """Whether GitLab created a pipeline for it.

        `inactive` alone says nothing: GitHub adds it by itself when somebody else's deployment succeeds.
        """
        return not ACCEPTED.isdisjoint(self.states)

    def under_way(self, now: datetime) -> bool:
        """Whether somebody may still be asking GitLab."""
        return not self.states and now - self.created < PATIENCE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one project stands: its last *accepted* commit and that commit's tree, empty where there is none.

    *pending* is the commit of a younger deployment that is under way. *refused* counts those that were refused since.
    """

    commit: str = ""
    tree: str = ""
    pending: str = ""
    pending_tree: str = ""
    refused: int = 0


def standing(deployments: Sequence[Deployment], now: datetime) -> Standing:
    """Where a project stands by its *deployments*, the newest first."""
    refused = 0
    pending = pending_tree = ""
    for each in deployments:
        if each.accepted:
            return Standing(each.commit, each.tree, pending, pending_tree, refused)
        # A run that was killed leaves a deployment without any state: taken for one that is under way, it would hide
        # for ever that the project lags behind.
        if each.under_way(now):
            pending, pending_tree = pending or each.commit, pending_tree or each.tree
        else:
            refused += 1
    since = next((each.since for each in deployments if each.since), "")
    return Standing(since, "", pending, pending_tree, refused)
