"""Whose a value is, is asked of Git: what a person wrote is not undone (design decision 11).

In the real history a robot undid eleven values that people had typed, within hours (`28690f1`: a rollback from
1.2.6 to 1.2.5, put back in 53 seconds).
"""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.judgement.words import wrote
from profile_cd.model import Change
from profile_cd.versions import Direction


def persons_value(change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what a person wrote while the manifest means the same, until something newer than it.

    Newer than what the person took away as well, where it was a step down or a revert.
    """
    if evidence.writer is None or not evidence.by_person or evidence.raced:
        return None
    said = f"`{change.old}` was written by {wrote(evidence.writer)}"
    match evidence.way(change):
        case Direction.UNKNOWN:
            return Keep(f"{said}, and is nothing that `{change.new}` can be compared with", "the manifest changes")
        case Direction.UP:
            refused = next((value for value in evidence.replaced if not _is_above(change, value, evidence)), None)
            if refused is None:
                return None
            return _kept(f"{said}, in place of `{refused}`", refused, change, evidence)
    return _kept(f"{said}, and `{change.new}` is not newer", change.old, change, evidence)


def _is_above(change: Change, value: str, evidence: Evidence) -> bool:
    way = evidence.facts.way(change, value) if evidence.facts is not None else Direction.UNKNOWN
    return way in {Direction.UP, Direction.UNKNOWN}


def _kept(said: str, ceiling: str, change: Change, evidence: Evidence) -> Keep:
    unlisted = f"The source does not list `{change.old}`, which a person wrote into `{change.file}`: does it exist?"
    return Keep(
        said,
        f"something newer than `{ceiling}` that the condition takes, or a manifest that decides otherwise",
        warning="" if evidence.lists(change.old) else unlisted,
    )
