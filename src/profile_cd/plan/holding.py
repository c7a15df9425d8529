"""A hold in a manifest's policy: the version that it names, as the source spells it."""

from __future__ import annotations

from datetime import datetime

from profile_cd import neutral
from profile_cd.errors import NothingChosen
from profile_cd.model import Choice, Hold, Manifest


def active(manifest: Manifest, now: datetime | None) -> Hold | None:
    """The hold of *manifest* that holds at *now* (UTC); none without a clock."""
    hold = manifest.policy.hold
    return hold if hold is not None and now is not None and hold.holds(now) else None


def spelled(hold: Hold, choice: Choice) -> str:
    """The held version in the source's own spelling; as it is written where the source does not list it."""
    listed = [verdict.version for verdict in choice.verdicts]
    same = [each for each in listed if each.removeprefix("v") == hold.version.removeprefix("v")]
    return next((each for each in (hold.version, *same) if each in listed), hold.version)


def ensure_listed(version: str, choice: Choice) -> None:
    """Raise NothingChosen where the source does not list *version*: it cannot be written."""
    if version not in {verdict.version for verdict in choice.verdicts}:
        raise NothingChosen(
            f"The hold names `{neutral.line(version, 120)}`, which the source does not list.",
            probably="Perhaps it is misspelt, or was deleted.",
            now="Correct `policy.hold.version`, or take the hold out.",
        )
