"""What cannot be compared is not merged: nobody knows that it does not go down (design decision 12)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.judgement.words import wrote
from profile_cd.model import Change
from profile_cd.versions import Direction


def incomparable(change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what stands where the condition's order does not say whether the next is newer: a word, a bare hash."""
    free = evidence.raced or change.held or evidence.policy.downgrade == "allow"
    if free or evidence.facts is None or evidence.way(change) is not Direction.UNKNOWN:
        return None
    by = f", written by {wrote(evidence.writer)}," if evidence.writer else ""
    return Keep(
        f"`{change.old}`{by} is nothing that `{change.new}` can be compared with, so nobody knows which is newer",
        release="a version of the source in its place, a manifest that decides otherwise, or its `downgrade: allow`",
    )
