"""A lane's pull request: branch, title, commit message and body, all derived from the plan."""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd.model import Lane
from profile_cd.proposal.body import body_of
from profile_cd.proposal.contents import Contents, Proposal
from profile_cd.proposal.title import message_of, title_of

BRANCHES: Mapping[Lane, str] = {"merge": "update", "review": "review"}


def propose(contents: Contents, files: Mapping[str, bytes], prefix: str) -> Proposal:
    """The proposal of one lane. *files* are the planned bytes by path, *prefix* is what our branches start with."""
    title = title_of(contents.changes)
    return Proposal(
        contents.lane,
        f"{prefix}/{BRANCHES[contents.lane]}",
        title,
        message_of(title, contents.changes, contents.origin.run_url),
        body_of(contents),
        contents.changes,
        files,
    )
