"""`profile-cd hold`: let a manifest hold a version, whatever is newer."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from profile_cd import neutral
from profile_cd.errors import CannotStart
from profile_cd.model import Hold
from profile_cd.services import terminal
from profile_cd.services.clock import SystemClock
from profile_cd.steps import holding


def run(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    """Write the hold into the manifest and say what to do next. Always 0: what cannot be done is raised."""
    wanted = Hold(arguments.version, arguments.reason, _day(arguments.until))
    path = holding.hold(arguments.directory, arguments.manifest_dir, arguments.manifest, wanted)
    until = f" to the end of {wanted.until}" if wanted.until else ""
    terminal.prose(f"{neutral.line(path)} holds {neutral.line(wanted.version)}{until}: {neutral.line(wanted.reason)}")
    terminal.prose("Commit and push it: the next run writes that version and keeps it.")
    return 0


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotStart(f"{neutral.quoted(text)} is no day.", now="Write it like 2030-07-01.") from None
    if day is not None and day < SystemClock().now().date():
        raise CannotStart(
            f"The day {day} is over (UTC), so that it would hold nothing.",
            now="Write a later one, or leave `--until` out.",
        )
    return day
