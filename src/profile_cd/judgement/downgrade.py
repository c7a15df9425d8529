"""Nothing goes down unless its manifest changed or allows it (design decision 12)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.judgement.words import wrote
from profile_cd.model import Change
from profile_cd.versions import Direction


def downgrade(change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what stands where something older would replace it.

    A value that this run itself wrote upon a base that had just moved was not decided on that base: it is free.
    """
    free = evidence.raced or change.held or evidence.policy.downgrade == "allow"
    if free or evidence.way(change) is not Direction.DOWN:
        return None
    by = f", written by {wrote(evidence.writer)}," if evidence.writer else ""
    return Keep(
        f"`{change.old}`{by} is newer than `{change.new}`, the newest that the source lists and the condition takes",
        release=f"something newer than `{change.old}`, a manifest that decides otherwise, or its `downgrade: allow`",
    )
