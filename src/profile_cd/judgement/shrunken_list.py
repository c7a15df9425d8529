"""A list that came back short is a failure, never a reason to go down.

It happened: 17.1.0 → 17.0.16 in two files, and back four hours later (`c6781b7`, `06d5daa`).
"""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Fail
from profile_cd.model import Change
from profile_cd.versions import Direction


def shrunken_list(change: Change, evidence: Evidence, _now: datetime) -> Fail | None:
    """The manifest fails where its source no longer lists what a robot took from it, and has only older ones."""
    guarded = evidence.policy.downgrade != "allow" and not (evidence.raced or evidence.blind or change.held)
    if evidence.lists(change.old) or not guarded or evidence.way(change) is not Direction.DOWN:
        return None
    return Fail(
        f"{change.source} no longer lists `{change.old}`, which is in use; the newest that the condition takes is "
        f"`{change.new}`. Probably the list came back short, or somebody deleted the version. Look at the source; to "
        "go down on purpose, change the condition or write `policy: {downgrade: allow}`."
    )
