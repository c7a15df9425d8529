"""A person's no is heard: what a person closed is not proposed again until it changes (design decision 11)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.model import Change


def closed_by_person(_change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what stands where a person closed a pull request of ours with just this change."""
    if not evidence.closed:
        return None
    return Keep(
        f"A person closed #{evidence.closed}. To have it now, reopen and merge that one",
        release="its choice or its condition changes: then it is proposed again",
    )
