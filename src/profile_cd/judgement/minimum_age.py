"""A version waits until it is old enough: `policy: {minimum-age: 3d, on-unknown: wait}`."""

from __future__ import annotations

from datetime import datetime, timedelta

from profile_cd.judgement.verdicts import Evidence, Keep
from profile_cd.markdown import counted
from profile_cd.model import Change


def minimum_age(change: Change, evidence: Evidence, now: datetime) -> Keep | None:
    """Keep what stands while the chosen version is younger than the policy wants."""
    age = evidence.policy.minimum_age
    if age is None or change.held:
        return None
    created = evidence.facts.created if evidence.facts is not None else None
    if created is None:
        if evidence.policy.on_unknown == "allow":
            return None
        return Keep(
            f"The policy wants `{change.version}` to be {shown(age)} old, and its source does not say when it was made",
            release="the source says so, or `on-unknown: allow` stands in the policy",
            decided=False,
        )
    ready = created + age
    if now >= ready:
        return None
    return Keep(
        f"`{change.version}` is from {created:%Y-%m-%d %H:%M} UTC, and the policy wants it to be {shown(age)} old",
        release=f"{ready:%Y-%m-%d %H:%M} UTC",
    )


def shown(age: timedelta) -> str:
    """`3 days`, `12 hours`."""
    hours = int(age.total_seconds() // 3600)
    number, unit = (hours // 24, "day") if hours % 24 == 0 and hours else (hours, "hour")
    return counted(number, unit)
