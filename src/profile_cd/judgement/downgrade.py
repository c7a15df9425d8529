"""Nothing goes down unless its manifest changed (design decision 12).

A list came back short once and two files went from 17.1.0 to 17.0.16 for four hours (`c6781b7`, `06d5daa`).
"""

from __future__ import annotations

from datetime import datetime

from profile_cd import versions
from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.model import Change


def downgrade(change: Change, evidence: Evidence, _now: datetime) -> Keep | None:
    """Keep what stands where something older would replace it.

    A value that this run itself wrote upon a base that had just moved was not decided on that base: it is free.
    """
    if evidence.raced or not goes_down(change):
        return None
    return Keep(
        f"`{change.old}`, written by `{evidence.written_by}`, is newer than `{change.new}`, the newest that the source "
        "lists and the condition takes. Perhaps a person put it there, or the list is incomplete. It stays until "
        "something newer appears or the manifest changes."
    )


def goes_down(change: Change) -> bool:
    """Whether what *change* writes is older than what stands there."""
    return versions.goes_down(change.old, change.new, change.version)
