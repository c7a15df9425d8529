"""After a merge: whether the merge commit holds the planned bytes, and nothing else that is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import neutral
from profile_cd.inputs import MergeMethod
from profile_cd.model import Snapshot, Tree
from profile_cd.proposal import Proposal
from profile_cd.report import Outcome
from profile_cd.services.repository import Commit, Repository, blob_name
from profile_cd.steps.so_far import words_of
from profile_cd.steps.world import World
from profile_cd.targets import yaml
from profile_cd.trees import differing

SHOWN = 5


def verified(world: World, proposal: Proposal, base: Snapshot, commit: Commit | None, outcome: Outcome) -> Outcome:
    """*outcome* of a merge with the paths that it changed, once the merge commit was read back.

    GitHub guards our head, not the base. A merge onto the planned base is compared by one object name: a tree names
    everything below it. Else GitHub has merged two lines of work, so each file is held against its parent's with the
    planned values. *commit* is ours, None where an earlier run made it.
    """
    try:
        made = world.repository.commit(outcome.merge_sha)
        outcome = replace(outcome, on=made.parents[0], tree=made.tree)
        if commit is not None and made.tree == commit.tree and made.parents[:1] == (base.commit,):
            return replace(outcome, paths=tuple(proposal.files))
        changed, unplanned = _compared(world.repository, proposal, made)
    except Exception as error:  # noqa: BLE001  # it is merged: nothing from here on may hide that
        words = f"The merge commit could not be read back, so every project is started. {words_of(error)}"
        return replace(outcome, paths=None, words=words)
    outcome = replace(outcome, paths=changed)
    if not unplanned and set(proposal.files) & set(changed):
        return outcome
    return replace(outcome, operation="refused", words=_words(world, proposal, outcome, made, unplanned))


def _compared(repository: Repository, proposal: Proposal, made: Commit) -> tuple[tuple[str, ...], list[str]]:
    """The paths that the merge commit *made* changed, and those of them that do not hold the planned values."""
    before, after = repository.tree(repository.commit(made.parents[0]).tree), repository.tree(made.tree)
    changed = tuple(differing(before, after))
    return changed, [path for path in changed if not _as_planned(repository, proposal, path, before, after)]


def _as_planned(repository: Repository, proposal: Proposal, path: str, before: Tree, after: Tree) -> bool:
    """Whether *path* holds its parent's bytes with the planned values, whatever else the parent changed."""
    if path not in proposal.files or path not in before or path not in after:
        return False
    if after[path][1] == blob_name(proposal.files[path]):
        return True
    text = repository.blob(before[path][1]).decode("utf-8")
    changes = proposal.contents.changes
    edits = [(change.key, change.new, change.document) for change in changes if change.file == path]
    return blob_name(yaml.write_all(text, edits).encode("utf-8")) == after[path][1]


def _words(world: World, proposal: Proposal, outcome: Outcome, made: Commit, unplanned: Sequence[str]) -> str:
    what = ", ".join(f"`{neutral.line(path)}`" for path in unplanned[:SHOWN]) or "nothing at all"
    return (
        f"The merge commit {made.sha[:7]} changed something else than was planned: {what}."
        f"{_came_along(world, proposal, outcome)} What `{world.base_branch}` holds is deployed, as after any push. "
        f"Compare the commit with the pull request; if it is wrong, press Revert on #{outcome.number} or run "
        f"`{_revert(world.inputs.merge_method, made)}`, and push."
    )


def _revert(method: MergeMethod, made: Commit) -> str:
    match method:
        case "merge":
            return f"git revert -m 1 {made.sha[:10]}"
        case "rebase":
            return f"git revert {made.parents[0][:10]}..{made.sha[:10]}"
    return f"git revert {made.sha[:10]}"


def _came_along(world: World, proposal: Proposal, outcome: Outcome) -> str:
    """The commits of the pull request that we did not make."""
    ours = set(proposal.contents.commits)
    try:
        commits = [each for each in world.pull_requests.commits(outcome.number) if each[0] not in ours]
    except Exception:  # noqa: BLE001  # as above
        return ""
    shown = [f"`{oid[:7]} {neutral.line(subject, 80)}` by {neutral.line(name, 60)}" for oid, subject, name in commits]
    more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
    return f" With it came {', '.join(shown[:SHOWN])}{more}." if shown else ""
