"""A new major version waits for a person where the manifest's policy says so: `policy: {major: review}`."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Review
from profile_cd.model import Change


def majors(change: Change, evidence: Evidence, _now: datetime) -> Review | None:
    """Let a person look at a step to another major version; the other changes of the manifest are merged."""
    if not change.major or change.held or evidence.policy.major != "review":
        return None
    return Review(
        f"`{change.old}` → `{change.new}` is a step to another major version, and the manifest's policy wants a "
        f"person to look at those. Merging writes it; closing keeps `{change.old}`.",
        by_policy=True,
    )
