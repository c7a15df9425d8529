"""What a person has just decided anew is looked at by a person (design decision 3)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Review
from profile_cd.model import Change


def changed_manifest(change: Change, evidence: Evidence, _now: datetime) -> Review | None:
    """Let a person look where the manifest changed in meaning since the value was written."""
    if evidence.changed is None:
        return None
    before = f"It chose `{evidence.chose}` before and" if evidence.chose else "It"
    return Review(
        f"the manifest decides otherwise since `{evidence.changed}`, after this value was written by "
        f"`{evidence.written_by}`. {before} chooses `{change.new}` now."
    )
