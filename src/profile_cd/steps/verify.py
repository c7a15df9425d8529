"""After a merge: whether the merge commit holds the planned bytes, and nothing else that is new."""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd import neutral
from profile_cd.model import Snapshot
from profile_cd.proposal import Proposal
from profile_cd.services.repository import Commit, Repository, blob_name
from profile_cd.targets import yaml

Tree = Mapping[str, tuple[str, str]]
"""Path → (mode, object name)."""


def unplanned(repository: Repository, proposal: Proposal, base: Snapshot, commit: Commit, made: Commit) -> str:
    """Nothing, or what the merge commit *made* changed beside the planned bytes, in words.

    A merge onto the planned base is compared by one object name: a tree names everything below it. Where somebody
    pushed meanwhile, GitHub has merged the two, so each file is held against its parent's with the planned values.
    """
    if made.tree == commit.tree and made.parents[:1] == (base.commit,):
        return ""
    parent = repository.commit(made.parents[0])
    before, after = repository.tree(parent.tree), repository.tree(made.tree)
    unexpected = [
        path
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and not _as_planned(repository, proposal, path, before, after)
    ]
    missing = [path for path in proposal.files if before.get(path) == after.get(path)]
    if not unexpected and len(missing) < len(proposal.files):
        return ""
    what = ", ".join(f"`{neutral.line(path)}`" for path in unexpected[:5]) or "nothing at all"
    return (
        f"The merge commit {made.sha[:7]} changed something else than was planned: {what}. Nothing is triggered from "
        "this run. Compare the commit with the pull request and revert it if it is wrong."
    )


def _as_planned(repository: Repository, proposal: Proposal, path: str, before: Tree, after: Tree) -> bool:
    """Whether *path* holds its parent's bytes with the planned values, whatever else the parent changed."""
    if path not in proposal.files or path not in before or path not in after:
        return False
    if after[path][1] == blob_name(proposal.files[path]):
        return True
    text = repository.blob(before[path][1]).decode("utf-8")
    edits = [(change.key, change.new, change.document) for change in proposal.changes if change.file == path]
    return blob_name(yaml.write_all(text, edits).encode("utf-8")) == after[path][1]
