"""What a person has just decided anew is looked at by a person (design decision 3)."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Review
from profile_cd.judgement.words import wrote
from profile_cd.model import Change


def changed_manifest(change: Change, evidence: Evidence, _now: datetime) -> Review | None:
    """Let a person look where the manifest changed in meaning since the value was written."""
    turn = evidence.turn
    if turn is None:
        return None
    since = f"the manifest decides otherwise since a commit of {wrote(turn.commit)}"
    value = f"`{change.old}` was written by {wrote(evidence.writer)}" if evidence.writer else ""
    then = f"before: {turn.then}" + (f", which chooses `{turn.chose}`" if turn.chose else "") if turn.then else ""
    now = f"now: {turn.now}, which chooses `{change.new}`" if turn.now else f"now it chooses `{change.new}`"
    parts = [each for each in (since, value, then, now) if each]
    return Review(f"{'; '.join(parts)}. Merging writes it; closing keeps `{change.old}`.", turn.commit, turn=turn)
