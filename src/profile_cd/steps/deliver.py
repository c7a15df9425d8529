"""One lane's proposal on its way: commit, branch, pull request, merge, verification."""

from __future__ import annotations

from dataclasses import dataclass, replace

from profile_cd import merging
from profile_cd.errors import GitHubRefused
from profile_cd.model import Snapshot
from profile_cd.proposal import Proposal
from profile_cd.report import Outcome
from profile_cd.services.repository import Branch, Commit, PullRequest
from profile_cd.steps import verify
from profile_cd.steps.world import World

MOST_BRANCHES = 20


@dataclass(frozen=True, slots=True)
class Moved:
    """The base, the branch or the pull request moved under us: plan again. *why* is for people.

    *number* is the pull request that was under way: that it is closed now is no person's no.
    """

    why: str
    number: int = 0


def deliver(world: World, proposal: Proposal, base: Snapshot, branch: Branch, *, merge: bool) -> Outcome | Moved:
    """Bring *proposal* to GitHub on *base*, and merge it where *merge* says so.

    *branch* is what GitHub has of its branch already, which must be ours (`own_branch`). A draft is never merged.
    """
    committed = _committed(world, proposal, base, branch)
    if isinstance(committed, Moved):
        return committed
    commit, known = committed
    pull_request, operation = _opened(world, proposal, branch, commit, known=known)
    outcome = Outcome(
        operation,
        pull_request.number,
        pull_request.url,
        title=proposal.title,
        message=proposal.message,
    )
    world.runner.say(f"Pull request #{pull_request.number} {operation}: {proposal.title}")
    if not merge or world.inputs.merge == "none" or world.inputs.draft:
        return outcome
    # GitHub merges a pull request into whatever its base branch holds by then: the base that it was opened on
    # must be the one that was planned on, or the merge commit would not hold what was planned.
    if pull_request.base and pull_request.base != base.commit:
        return Moved("the base moved before the pull request was opened", pull_request.number)
    end = _merged(world, proposal, pull_request, commit)
    if isinstance(end, Moved):
        return end
    if end.ending != "merged":
        return replace(outcome, operation=end.ending, words=end.words)
    outcome = _verified(world, proposal, base, commit, replace(outcome, operation="merged", merge_sha=end.sha))
    world.repository.delete(branch.name)
    return outcome


def own_branch(world: World, branch: Branch) -> Branch:
    """*branch*, or another one where a person has put commits on ours."""
    number, name = 1, branch.name
    while branch.foreign and number < MOST_BRANCHES:
        world.runner.say(f"{branch.name} holds commits that are not ours ({branch.foreign[:7]}): it stays as it is.")
        number += 1
        branch = world.pull_requests.of_branch(f"{name}-{number}")
    return branch


def _committed(world: World, proposal: Proposal, base: Snapshot, branch: Branch) -> tuple[Commit, bool] | Moved:
    """The commit that the branch now points to, and whether it did so before.

    An armed pull request is disarmed before its branch moves: GitHub keeps an auto-merge when the head moves, so
    it could merge the new commit before anybody has looked at the answer.
    """
    commit = world.repository.write_commit(base, proposal.files, proposal.message)
    if branch.tree == commit.tree and branch.parent == base.commit:
        return replace(commit, sha=branch.head), True
    # Our look at the branch is as old as the questions to the registries: a person may have pushed since.
    if branch.head and world.repository.head(branch.name) not in {branch.head, None}:
        return Moved("somebody pushed to our branch")
    if branch.open is not None and branch.open.armed:
        world.pull_requests.disarm(branch.open)
    world.repository.point(branch.name, commit.sha, exists=bool(branch.head))
    return commit, False


def _opened(
    world: World, proposal: Proposal, branch: Branch, commit: Commit, *, known: bool
) -> tuple[PullRequest, str]:
    already = branch.open
    inputs = world.inputs
    if already is None:
        made = world.pull_requests.open(
            branch.name, inputs.github.base, proposal.title, proposal.body, draft=inputs.draft
        )
        _label(world, made)
        return made, "created"
    if not known or already.title != proposal.title:
        world.pull_requests.edit(already.number, title=proposal.title, body=proposal.body)
    return replace(already, title=proposal.title, body=proposal.body, head=commit.sha), "updated"


def _label(world: World, pull_request: PullRequest) -> None:
    inputs = world.inputs
    for warning in world.pull_requests.label_and_assign(
        pull_request, labels=inputs.labels, reviewers=inputs.reviewers, assignees=inputs.assignees
    ):
        world.runner.say(f"warning: {warning}")


def _merged(world: World, proposal: Proposal, pull_request: PullRequest, commit: Commit) -> merging.Stop | Moved:
    """Drive the state machine until it stops."""
    inputs = world.inputs
    state = merging.Merging(commit.sha, inputs.merge, inputs.wait, default_token=inputs.token_is_default)
    answer: merging.AnswerOfGitHub = merging.Start()
    while True:
        state, action = merging.after(state, answer)
        if isinstance(action, merging.Stop):
            return action
        if isinstance(action, merging.PlanAgain):
            return Moved(action.why, pull_request.number)
        answer = _done(world, proposal, pull_request, action)


def _done(
    world: World, proposal: Proposal, pull_request: PullRequest, action: merging.Action
) -> merging.AnswerOfGitHub:
    pulls, method = world.pull_requests, world.inputs.merge_method
    message = proposal.message.partition("\n")[2].strip()
    match action:
        case merging.MergeDirectly(head):
            return pulls.merge(pull_request.number, head, method, proposal.title, message)
        case merging.Arm(head):
            return pulls.arm(pull_request, head, method, proposal.title, message)
        case merging.Enqueue(head):
            return pulls.enqueue(pull_request, head)
        case merging.Wait(seconds):
            world.clock.sleep(seconds)
            return merging.Waited(seconds)
    return pulls.look(pull_request.number)


def _verified(world: World, proposal: Proposal, base: Snapshot, commit: Commit, outcome: Outcome) -> Outcome:
    """*outcome* of a merge, once the merge commit was read back: GitHub guards our head, not the base."""
    try:
        made = world.repository.commit(outcome.merge_sha)
        outcome = replace(outcome, on=made.parents[0])
        words = verify.unplanned(world.repository, proposal, base, commit, made)
    except GitHubRefused as error:
        return replace(outcome, words=f"The merge commit could not be read back. {error}")
    return replace(outcome, operation="refused", words=words) if words else outcome
