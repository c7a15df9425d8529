"""Nothing is merged on unknown evidence (design decision 3)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.model import Change


def unknown(_change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what stands where history gave no answer: the next run asks again."""
    if not evidence.unknown:
        return None
    reason = f"{evidence.unknown} Nothing is merged on unknown evidence"
    return Keep(reason, release="the next run, which asks again", decided=False)
