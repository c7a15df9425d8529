"""`profile-cd completion SHELL`: what a shell reads to complete commands, options and names of manifests."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd.services import completion


def run(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    """Print it."""
    print(completion.script(arguments.shell))
    return 0
