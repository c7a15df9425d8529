"""A lane that has nothing left to propose: its pull request is closed, its branch deleted."""

from __future__ import annotations

from profile_cd.errors import GitHubRefused
from profile_cd.proposal import marks
from profile_cd.report import Outcome
from profile_cd.services.repository import Branch
from profile_cd.steps.world import World


def close(world: World, branch: Branch, why: str) -> Outcome:
    """Close the open pull request of *branch*, saying *why*, and delete the branch.

    A branch whose pull request is merged or closed by us is what a run left that ended too early.
    """
    known = branch.open
    if known is None:
        last = branch.pull_requests[0] if branch.pull_requests else None
        done = last is not None and (last.state == "MERGED" or marks.is_closed_by_us(last.body))
        if last is not None and done and branch.head == last.head and not last.foreign:
            world.repository.delete(branch.name)
        return Outcome()
    if known.foreign:
        return Outcome()
    try:
        if known.armed:
            world.pull_requests.disarm(known)
        # The mark comes with the closing: a run that ends right here must not read it as a person's no.
        world.pull_requests.edit(known.number, state="closed", body=marks.closed(known.body, why))
        world.pull_requests.comment(known, why)
        world.repository.delete(branch.name)
    except GitHubRefused as error:
        return Outcome("refused", known.number, known.url, words=str(error))
    return Outcome("closed", known.number, known.url, title=known.title, words=why)
