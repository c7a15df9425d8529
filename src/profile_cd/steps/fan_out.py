"""Which merges the projects were not told of yet: a run that ended too early, an armed merge that came later.

The pull request itself is the record: once the outputs that start the pipelines are written, its body gets a
mark. A run that finds a merged one without the mark tells the projects again; a double is better than a loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from profile_cd.errors import GitHubRefused
from profile_cd.proposal import MARK
from profile_cd.services.repository import Branch, PullRequest, Uncertain
from profile_cd.steps.deliver import World

TOLD = "<!-- profile-cd: the projects were told -->"


def untold(branches: Iterable[Branch]) -> list[PullRequest]:
    """Merged pull requests of ours whose merge no run has told of, the newest first."""
    return [
        each
        for branch in branches
        for each in branch.pull_requests
        if each.state == "MERGED" and MARK in each.body and TOLD not in each.body
    ]


def files(world: World, merged: Sequence[PullRequest]) -> list[str]:
    """What they changed, and a line in the log for each."""
    found: list[str] = []
    for each in merged:
        world.runner.say(f"#{each.number} was merged, and no run has told the projects: {each.title}")
        found += world.pull_requests.files(each.number)
    return found


def remember(world: World, told: Mapping[int, str]) -> None:
    """Mark pull requests, given by number and body; where GitHub takes no mark, the next run tells again."""
    for number, body in told.items():
        try:
            world.pull_requests.edit(number, body=f"{body}\n{TOLD}")
        except (GitHubRefused, Uncertain) as error:
            world.runner.say(f"#{number} could not be marked, so the next run tells the projects again: {error}")
