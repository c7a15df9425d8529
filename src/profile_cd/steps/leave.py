"""Pull requests of ours with a commit of somebody else: they are left to people, and nothing of them is doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from profile_cd import neutral
from profile_cd.errors import ProfileError
from profile_cd.model import Change, Kept, Plan
from profile_cd.proposal import Found, PullRequest, held
from profile_cd.steps.world import World


def foreign(found: Found) -> list[PullRequest]:
    """The open ones with a commit that we did not make."""
    return [each for each in found.pulls if each.state == "OPEN" and each.foreign]


def without_held(plan: Plan, found: Found, names: Mapping[Change, str]) -> Plan:
    """*plan* without what a pull request with foreign commits proposes already; *names* are those of its changes."""
    theirs = held(found)
    kept = [
        Kept(
            change,
            f"#{theirs[names[change]].number} proposes it already. A commit on that is not ours, so people decide.",
        )
        for change in plan.changes
        if names[change] in theirs
    ]
    left = tuple(change for change in plan.changes if names[change] not in theirs)
    return replace(plan, changes=left, kept=(*plan.kept, *kept)) if kept else plan


def notes(pulls: Sequence[PullRequest]) -> tuple[str, ...]:
    """What the summary says of them."""
    return tuple(
        f"#{each.number} holds a commit that is not ours (`{neutral.line(each.foreign[:7])}`): it stays as it is, "
        "and we do not merge it. Merge it or close it, or take that commit away."
        for each in pulls
    )


def disarm(world: World, pulls: Sequence[PullRequest]) -> str:
    """Take back the auto-merge that we asked for: what we did not make is not merged unseen. A person's stays.

    Returns what went wrong, in words.
    """
    trouble = ""
    for each in pulls:
        if each.armed_by_us:
            try:
                world.pull_requests.disarm(each)
            except ProfileError as error:
                trouble = str(error)
                continue
            world.pull_requests.comment(
                each.number,
                f"The commit {each.foreign[:7]} is not ours, so the auto-merge is off: a person should look. Enable it "
                "again, or merge this, once that is done.",
            )
    return trouble
