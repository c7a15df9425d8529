"""The merge of one pull request: GitHub's answers go into the state machine, its actions come out and are done."""

from __future__ import annotations

from dataclasses import dataclass

from profile_cd import merging
from profile_cd.proposal import Proposal, PullRequest
from profile_cd.steps.world import World

MOMENTS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between looks for GitHub's mark on a pull request whose head became part of the base."""

NOT_ALONE = "The base was not forwarded, since GitHub's merge of it stands on the pull request: `squash` was used."


@dataclass(frozen=True, slots=True)
class Moved:
    """The base, the branch or the pull request moved under us: plan again. *why* is for people.

    *number* is the pull request that was under way: that it is closed now is no person's no, and it is written anew.
    """

    why: str
    number: int = 0


def merge(world: World, proposal: Proposal, pull: PullRequest, *, look_first: bool) -> merging.Stop | Moved:
    """Drive the state machine until it stops."""
    inputs = world.inputs
    wanted, alone = inputs.merge_method == "fast-forward", len(pull.commits) == 1
    state = merging.Merging(
        pull.head,
        world.base_branch,
        frozenset(each.oid for each in pull.commits),
        look_first,
        inputs.merge,
        inputs.wait,
        default_token=inputs.token_is_default,
        # GitHub's merge of the base upon our commit would make the base's first parent a commit of ours.
        fast_forward=wanted and alone,
        fell_back=NOT_ALONE if wanted and not alone else "",
    )
    answer: merging.AnswerOfGitHub = merging.Start()
    since = world.clock.monotonic()
    while True:
        state, action = merging.after(state, answer)
        if isinstance(action, merging.Stop):
            return action
        if isinstance(action, merging.PlanAgain):
            return Moved(action.why, pull.number)
        if isinstance(action, merging.Wait):
            world.clock.sleep(action.seconds)
            # What the looks took counts as well: `wait` is what a person waits for the run.
            before, since = since, world.clock.monotonic()
            answer = merging.Waited(since - before)
        else:
            answer = _done(world, proposal, pull, action)


def _done(world: World, proposal: Proposal, pull: PullRequest, action: merging.Action) -> merging.AnswerOfGitHub:
    pulls, wanted = world.pull_requests, world.inputs.merge_method
    method = "squash" if wanted == "fast-forward" else wanted
    match action:
        case merging.MergeDirectly(head):
            return pulls.merge(pull.number, head, method, proposal.title, proposal.details)
        case merging.MergeBehind(head):
            return pulls.merge_behind(pull.number, head, method, proposal.title, proposal.details)
        case merging.Follow(request):
            return pulls.follow(pull.number, request)
        case merging.Forward(head):
            return world.branches.forward(world.base_branch, head)
        case merging.Arm(head):
            return pulls.arm(pull, head, method, proposal.title, proposal.details)
        case merging.Enqueue(head):
            return pulls.enqueue(pull, head)
    return pulls.look(pull.number)


def is_marked(world: World, pull: PullRequest) -> bool:
    """Whether GitHub has marked *pull* as merged, which it does some moments after its head became part of the base.

    Without its branch before that, it would be closed and not merged.
    """
    for seconds in MOMENTS:
        seen = world.pull_requests.look(pull.number)
        if isinstance(seen, merging.Seen) and seen.state == "MERGED":
            return True
        world.clock.sleep(seconds)
    return False
