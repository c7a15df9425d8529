"""One lane's proposal on its way: commit, branch, pull request, merge, verification."""

from __future__ import annotations

from dataclasses import dataclass, replace

from profile_cd import neutral
from profile_cd import proposal as proposals
from profile_cd.errors import GitHubRefused, ProfileError
from profile_cd.model import Snapshot
from profile_cd.proposal import Contents, Found, Proposal, PullRequest, Ref, Standing, marks
from profile_cd.report import Outcome
from profile_cd.services.repository import Commit
from profile_cd.steps import merge, verify
from profile_cd.steps.merge import Moved
from profile_cd.steps.so_far import words_of
from profile_cd.steps.world import World


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a proposal, and what its text is made of by now."""

    outcome: Outcome
    contents: Contents


@dataclass(frozen=True, slots=True)
class Lane:
    """What a lane has on GitHub, and whether its open proposal must be written anew although it says the same."""

    found: Found
    standing: Standing
    renew: bool = False


def deliver(world: World, proposal: Proposal, base: Snapshot, lane: Lane) -> Delivered | Moved:
    """Bring *proposal* to GitHub on *base*, and merge it where it is of the merge lane and the inputs say so."""
    known = lane.standing.open
    objection = known.objection if known is not None else ""
    merges = proposal.contents.lane == "merge" and world.merges and not objection
    if known is not None and known.armed_by_us and not merges:
        # Before anything else: what is armed is merged as soon as its checks pass, whatever this run goes on to do.
        world.pull_requests.disarm(known)
        known = replace(known, armed=False, armed_by_us=False)
    if known is not None and not lane.renew and _says_the_same(known, proposal):
        written: _Written | Moved = _Written(known, "unchanged")
    elif known is not None:
        written = _rewritten(world, proposal, base, lane.found, known)
    else:
        written = _opened(world, proposal, base, lane.found)
    if isinstance(written, Moved):
        return written
    pull = written.pull
    _label(world, pull)
    outcome = Outcome(written.operation, pull.number, pull.url, title=proposal.title, message=proposal.message)
    world.runner.say(f"Pull request #{pull.number} {written.operation}: {proposal.title}")
    contents = replace(proposal.contents, commits=pull.made)
    if not merges:
        words = (
            f"{neutral.line(objection)} requested changes: it is not merged before that is settled."
            if objection
            else ""
        )
        return Delivered(replace(outcome, words=words), contents)
    end = merge.merge(world, proposal, pull, look_first=known is not None and written.commit is None)
    if isinstance(end, Moved):
        return end
    if end.ending != "merged":
        return Delivered(replace(outcome, operation=end.ending, words=end.words), contents)
    outcome = replace(outcome, operation="merged", merge_sha=end.sha, words=end.words)
    outcome = verify.verified(world, proposal, base, written.commit, outcome)
    if end.sha != pull.head or merge.is_marked(world, pull):
        _delete(world, lane.found, pull)
    return Delivered(outcome, contents)


@dataclass(frozen=True, slots=True)
class _Written:
    """The pull request as it stands now, what was done to it, and the commit that was made for it."""

    pull: PullRequest
    operation: str
    commit: Commit | None = None


def _says_the_same(known: PullRequest, proposal: Proposal) -> bool:
    """Whether the open pull request already proposes just this, with our newest commit on it.

    GitHub's merge of the base upon our commit is nobody's work and takes nothing away.
    """
    made = known.made
    ends_with_ours = bool(made) and (known.head == made[-1] or _merges(known, made[-1]))
    # One that we closed and a person opened again gets a new body: the next closing may be that person's no.
    same = ends_with_ours and known.is_alone and not marks.is_closed_by_us(known.body)
    return same and marks.said(known.body) == proposal.contents.says


def _merges(known: PullRequest, ours: str) -> bool:
    return any(each.oid == ours for each in known.commits) and known.commits[-1].is_update


def _rewritten(world: World, proposal: Proposal, base: Snapshot, found: Found, known: PullRequest) -> _Written | Moved:
    """The open pull request with a new commit on the newest base."""
    commit = world.repository.write_commit(base, proposal.files, proposal.message)
    if known.armed:
        # GitHub keeps an auto-merge when the head moves: it could merge what nobody has looked at.
        world.pull_requests.disarm(known)
    # The body names the commit before the branch points to it: a run that is killed in between leaves a branch
    # whose commit is known as ours.
    contents = replace(proposal.contents, commits=(known.head, commit.sha))
    body = proposals.body_of(contents)
    now = world.pull_requests.edit(known.number, title=proposal.title, body=body)
    if now["base"]["ref"] != world.base_branch:
        return Moved(f"somebody sent #{known.number} into another branch")
    if not world.branches.move(found.repository, known.branch, known.head, commit.sha):
        # It holds what it held, and somebody's commit as well: it must not say that it proposes anything newer.
        world.pull_requests.edit(known.number, title=known.title, body=known.body)
        return Moved("somebody pushed to our branch", known.number)
    pull = replace(known, title=proposal.title, body=body, head=commit.sha, armed=False, commits=(_of(commit),))
    return _Written(pull, "updated", commit)


def _opened(world: World, proposal: Proposal, base: Snapshot, found: Found) -> _Written | Moved:
    """A new pull request from a branch that is free."""
    commit = world.repository.write_commit(base, proposal.files, proposal.message)
    contents, prefix = proposal.contents, world.inputs.branch_prefix
    place = proposals.place(found, contents.lane, prefix, Ref(commit.sha, commit.tree, commit.parents))
    if place is None:
        raise GitHubRefused(
            f"All branches that the lane {contents.lane} may use hold commits which are not ours.",
            now=f"Delete those of `{prefix}/…` that nobody needs, or set another `branch-prefix`.",
        )
    left = found.refs.get(place.branch)
    if left is not None and (left.tree, left.parents) == (commit.tree, commit.parents):
        commit = replace(commit, sha=left.head)
    elif not _pointed(world, found, place, commit):
        return Moved("somebody made our branch meanwhile")
    body = proposals.body_of(replace(contents, commits=(commit.sha,)))
    try:
        pull = world.pull_requests.open(place.branch, world.base_branch, proposal.title, body, draft=world.inputs.draft)
    except GitHubRefused:
        # Nobody would know this branch as ours, and each night would leave another one.
        world.branches.move(found.repository, place.branch, commit.sha, "")
        if world.branches.head(world.base_branch) != base.commit:
            return Moved("the base moved before the pull request was opened")
        raise
    # GitHub merges a pull request into whatever its base branch holds by then: the base that it was opened on must
    # be the one that was planned on, or the merge commit would not hold what was planned.
    if pull.base and pull.base != base.commit and contents.lane == "merge" and world.merges:
        return Moved("the base moved before the pull request was opened", pull.number)
    return _Written(replace(pull, body=body, commits=(_of(commit),)), "created", commit)


def _pointed(world: World, found: Found, place: proposals.Place, commit: Commit) -> bool:
    if not place.before:
        return world.branches.create(place.branch, commit.sha)
    return world.branches.move(found.repository, place.branch, place.before, commit.sha)


def _of(commit: Commit) -> proposals.Proposed:
    return proposals.Proposed(commit.sha, commit.parents, commit.message)


def _label(world: World, pull: PullRequest) -> None:
    """What it lacks of labels, reviewers and assignees, in each run: none of them is worth a merge."""
    inputs = world.inputs
    try:
        warnings = world.pull_requests.label_and_assign(
            pull, labels=inputs.labels, reviewers=inputs.reviewers, assignees=inputs.assignees
        )
    except ProfileError as error:
        warnings = [str(error)]
    for warning in warnings:
        world.runner.say(f"warning: {warning}")


def _delete(world: World, found: Found, pull: PullRequest) -> None:
    """The branch is gone after a merge, unless a person has pushed to it in this moment."""
    try:
        gone = world.branches.move(found.repository, pull.branch, pull.head, "")
    except Exception as error:  # noqa: BLE001  # it is merged: nothing that comes after may hide that
        world.runner.say(f"{pull.branch} could not be deleted, which the next run does: {words_of(error)}")
        return
    if not gone:
        world.runner.say(f"{pull.branch} moved while it was merged: it stays as it is.")
