"""A lane that has nothing left to propose: its pull request is closed, its branch deleted."""

from __future__ import annotations

from profile_cd.errors import GitHubRefused
from profile_cd.model import Lane
from profile_cd.proposal import Found, PullRequest, left_behind, marks
from profile_cd.report import Outcome
from profile_cd.steps.world import World


def close(world: World, found: Found, pull: PullRequest, why: str) -> Outcome:
    """Close *pull*, which is ours, saying *why*, and delete its branch."""
    try:
        if pull.armed:
            world.pull_requests.disarm(pull)
        # The mark comes with the closing: a run that ends right here must not read it as a person's no.
        world.pull_requests.edit(pull.number, state="closed", body=marks.closed(pull.body, why))
        world.pull_requests.comment(pull.number, why)
        world.branches.move(found.repository, pull.branch, pull.head, "")
    except GitHubRefused as error:
        return Outcome("refused", pull.number, pull.url, words=str(error))
    return Outcome("closed", pull.number, pull.url, title=pull.title, words=why)


def tidy(world: World, found: Found, lane: Lane) -> None:
    """Delete what a run left that was killed between the end of its pull request and the deletion of its branch."""
    for branch, head in left_behind(found, lane, world.inputs.branch_prefix).items():
        world.branches.move(found.repository, branch, head, "")
