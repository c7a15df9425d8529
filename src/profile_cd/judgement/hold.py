"""An explicit hold: `policy: {hold: {version, reason, until}}` in a manifest."""

from __future__ import annotations

from datetime import datetime

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.model import Change


def hold(change: Change, evidence: Evidence, now: datetime) -> Keep | None:
    """Keep what stands where the manifest holds it, whatever is newer; writing the held version itself is free."""
    held = evidence.policy.hold
    if held is None or not held.holds(now) or change.held:
        return None
    taken_out = "the hold is taken out of the manifest"
    unlisted = "" if evidence.lists(change.old) else f"The source does not list `{held.version}`, which the hold names."
    return Keep(
        f"`{change.path}` holds it at `{held.version}`: {held.reason}",
        release=f"{held.until:%Y-%m-%d} has passed, or {taken_out}" if held.until else taken_out,
        warning=unlisted,
    )
