"""Which pull request a lane keeps up to date, which are left to people, and which branch a new one comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from profile_cd.model import Lane
from profile_cd.proposal.found import Found, PullRequest, Ref
from profile_cd.proposal.marks import is_closed_by_us, proposed
from profile_cd.proposal.proposing import BRANCHES

MOST_BRANCHES = 20


def lane_of(branch: str, prefix: str) -> Lane | None:
    """The lane that a branch was made for: `<prefix>/update`, `<prefix>/review-2` and so on."""
    for lane, name in BRANCHES.items():
        if re.fullmatch(rf"{re.escape(prefix)}/{name}(-[0-9]{{1,4}})?", branch):
            return lane
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """The open pull requests of one lane.

    *open* is the one that a run keeps up to date. *further* are other ones of ours, which say nothing that it will
    not say. *foreign* hold commits that we did not make: they are left to people.
    """

    open: PullRequest | None = None
    further: tuple[PullRequest, ...] = ()
    foreign: tuple[PullRequest, ...] = ()


def standing(found: Found, lane: Lane, prefix: str) -> Standing:
    """What *lane* has open: the oldest of ours is kept, so that its number stays."""
    mine = [each for each in found.pulls if each.state == "OPEN" and lane_of(each.branch, prefix) == lane]
    ours = sorted((each for each in mine if not each.foreign), key=lambda each: each.number)
    foreign = tuple(each for each in mine if each.foreign)
    return Standing(ours[0] if ours else None, tuple(ours[1:]), foreign)


def held(found: Found) -> Mapping[str, PullRequest]:
    """What pull requests with foreign commits propose, by name: while one holds a change, no other proposes it."""
    pulls = [each for each in found.pulls if each.state == "OPEN" and each.foreign]
    return {name: each for each in pulls for name in proposed(each.body)}


@dataclass(frozen=True, slots=True)
class Place:
    """A branch for a new pull request, and the commit that it points to before; empty where it is new."""

    branch: str
    before: str = ""


def place(found: Found, lane: Lane, prefix: str, commit: Ref) -> Place | None:
    """A branch for a new pull request with *commit*; None where all names are taken.

    A branch that is there is used only where it points to a commit that one of our pull requests says we made, or to
    the very same change on the same base: that is what a run left which was killed before it opened one.
    """
    made = {oid for each in found.pulls if each.state != "OPEN" for oid in each.made}
    for branch in _names(lane, prefix):
        ref = found.refs.get(branch)
        if branch in found.taken:
            continue
        if ref is None:
            return Place(branch)
        if ref.head in made or (ref.tree, ref.parents) == (commit.tree, commit.parents):
            return Place(branch, ref.head)
    return None


def left_behind(found: Found, lane: Lane, prefix: str) -> Mapping[str, str]:
    """Branches of a lane, with their heads, that a run of ours was to delete: it was killed before."""
    done = [each for each in found.pulls if each.state == "MERGED" or is_closed_by_us(each.body)]
    ended = {each.branch: {each.head, *each.made} for each in reversed(done)}
    still = {each.branch for each in found.pulls if each.state == "OPEN"} | found.taken
    return {
        branch: found.refs[branch].head
        for branch in ended.keys() & found.refs.keys() - still
        if lane_of(branch, prefix) == lane and found.refs[branch].head in ended[branch]
    }


def _names(lane: Lane, prefix: str) -> Iterable[str]:
    first = f"{prefix}/{BRANCHES[lane]}"
    return [first, *(f"{first}-{number}" for number in range(2, MOST_BRANCHES + 1))]
