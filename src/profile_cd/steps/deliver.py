"""One lane's proposal on its way: commit, branch, pull request, merge, verification."""

from __future__ import annotations

from dataclasses import dataclass, replace

from profile_cd import merging, neutral
from profile_cd.errors import GitHubRefused
from profile_cd.inputs import Inputs
from profile_cd.model import Snapshot
from profile_cd.proposal import Proposal
from profile_cd.protocols import Clock
from profile_cd.report import Outcome
from profile_cd.services.repository import Branch, Commit, PullRequest, PullRequests, Repository, blob_name
from profile_cd.services.runner import Runner
from profile_cd.targets import yaml

MOST_BRANCHES = 20


@dataclass(frozen=True, slots=True)
class World:
    """What a delivery needs of the outside."""

    inputs: Inputs
    repository: Repository
    pull_requests: PullRequests
    runner: Runner
    clock: Clock


@dataclass(frozen=True, slots=True)
class Moved:
    """The base, the branch or the pull request moved under us: plan again. *why* is for people.

    *number* is the pull request that was under way: that it is closed now is no person's no.
    """

    why: str
    number: int = 0


def deliver(world: World, proposal: Proposal, base: Snapshot, there: Branch, *, merge: bool) -> Outcome | Moved:
    """Bring *proposal* to GitHub on *base*, and merge it where *merge* says so.

    *there* is what GitHub has of its branch already, which must be ours (`own_branch`). A draft is never merged.
    """
    committed = _committed(world, proposal, base, there)
    if isinstance(committed, Moved):
        return committed
    commit, known = committed
    pull_request, operation = _opened(world, proposal, there, commit, known=known)
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
    if pull_request.base and pull_request.base != base.commit:
        return Moved("the base moved before the pull request was opened", pull_request.number)
    end = _merged(world, proposal, pull_request, commit)
    if isinstance(end, Moved):
        return end
    if end.ending != "merged":
        return replace(outcome, operation=end.ending, words=end.words)
    outcome = replace(outcome, operation="merged", merge_sha=end.sha)
    try:
        made = world.repository.commit(end.sha)
        outcome = replace(outcome, on=made.parents[0])
        strange = _strange(world, proposal, base, commit, made)
    except GitHubRefused as error:
        outcome = replace(outcome, words=f"The merge commit could not be read back. {error}")
    else:
        outcome = replace(outcome, operation="refused", words=strange) if strange else outcome
    world.repository.delete(there.name)
    return outcome


def own_branch(world: World, there: Branch) -> Branch:
    """*there*, or another branch where a person has put commits on ours."""
    number, name = 1, there.name
    while there.foreign and number < MOST_BRANCHES:
        world.runner.say(f"{there.name} holds commits that are not ours ({there.foreign[:7]}): it stays as it is.")
        number += 1
        there = world.pull_requests.of_branch(f"{name}-{number}")
    return there


def _committed(world: World, proposal: Proposal, base: Snapshot, there: Branch) -> tuple[Commit, bool] | Moved:
    """The commit that the branch now points to, and whether it did so before.

    An armed pull request is disarmed before its branch moves.
    """
    commit = world.repository.write_commit(base, proposal.files, proposal.message)
    if there.tree == commit.tree and there.parent == base.commit:
        return replace(commit, sha=there.head), True
    if there.head and world.repository.head(there.name) not in {there.head, None}:
        return Moved("somebody pushed to our branch")
    if there.open is not None and there.open.armed:
        world.pull_requests.disarm(there.open)
    world.repository.point(there.name, commit.sha, exists=bool(there.head))
    return commit, False


def _opened(world: World, proposal: Proposal, there: Branch, commit: Commit, *, known: bool) -> tuple[PullRequest, str]:
    already = there.open
    inputs = world.inputs
    if already is None:
        made = world.pull_requests.open(
            there.name, inputs.github.base, proposal.title, proposal.body, draft=inputs.draft
        )
        _dress(world, made)
        return made, "created"
    if not known or already.title != proposal.title:
        world.pull_requests.edit(already.number, title=proposal.title, body=proposal.body)
    return replace(already, title=proposal.title, body=proposal.body, head=commit.sha), "updated"


def _dress(world: World, pull_request: PullRequest) -> None:
    inputs = world.inputs
    for warning in world.pull_requests.dress(
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


def _strange(world: World, proposal: Proposal, base: Snapshot, commit: Commit, made: Commit) -> str:
    """Nothing, or what the merge commit *made* changed beside the planned bytes, in words."""
    if made.tree == commit.tree and made.parents[:1] == (base.commit,):
        return ""
    parent = world.repository.commit(made.parents[0])
    before, after = world.repository.tree(parent.tree), world.repository.tree(made.tree)
    strange = [
        path
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and not _as_planned(world, proposal, path, before, after)
    ]
    missing = [path for path in proposal.files if before.get(path) == after.get(path)]
    if not strange and len(missing) < len(proposal.files):
        return ""
    what = ", ".join(f"`{neutral.line(path)}`" for path in strange[:5]) or "nothing at all"
    return (
        f"The merge commit {made.sha[:7]} changed something else than was planned: {what}. Nothing is triggered from "
        "this run. Compare the commit with the pull request and revert it if it is wrong."
    )


def _as_planned(
    world: World,
    proposal: Proposal,
    path: str,
    before: dict[str, tuple[str, str]],
    after: dict[str, tuple[str, str]],
) -> bool:
    """Whether *path* holds its parent's bytes with the planned values, whatever else the parent changed."""
    if path not in proposal.files or path not in before or path not in after:
        return False
    if after[path][1] == blob_name(proposal.files[path]):
        return True
    text = world.repository.blob(before[path][1]).decode("utf-8")
    edits = [(change.key, change.new, change.document) for change in proposal.changes if change.file == path]
    return blob_name(yaml.write_all(text, edits).encode("utf-8")) == after[path][1]


def close(world: World, there: Branch, why: str) -> Outcome:
    """Close the open pull request of a lane that has nothing left to propose, and delete its branch.

    A branch whose pull request is merged or closed by us is what a run left that ended too early.
    """
    known = there.open
    if known is None:
        last = there.pull_requests[0] if there.pull_requests else None
        done = last is not None and (last.state == "MERGED" or CLOSED_BY_US in last.body)
        if last is not None and done and there.head == last.head and not last.foreign:
            world.repository.delete(there.name)
        return Outcome()
    if known.foreign:
        return Outcome()
    try:
        if known.armed:
            world.pull_requests.disarm(known)
        world.pull_requests.edit(known.number, state="closed", body=f"{known.body}\n\n{why}\n\n{CLOSED_BY_US}")
        world.pull_requests.comment(known, why)
        world.repository.delete(there.name)
    except GitHubRefused as error:
        return Outcome("refused", known.number, known.url, words=str(error))
    return Outcome("closed", known.number, known.url, title=known.title, words=why)


CLOSED_BY_US = "<!-- profile-cd: closed by the run itself -->"
"""What tells a pull request that we closed from one that a person closed."""
