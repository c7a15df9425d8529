"""`profile-cd unhold`: end a manifest's hold."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import neutral
from profile_cd.services import terminal
from profile_cd.steps import holding


def run(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    """Take the hold out of the manifest. Always 0: what cannot be done is raised."""
    path = holding.hold(arguments.directory, arguments.manifest_dir, arguments.manifest, None)
    terminal.prose(
        f"{neutral.line(path)} holds nothing. Commit and push it: the next run takes the newest that it allows."
    )
    return 0
