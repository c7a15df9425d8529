"""`profile-cd plan`: show what would change in the working tree; write nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import inputs, plan, report
from profile_cd.services import terminal
from profile_cd.steps import local


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Ask, decide, show. The exit code is 0 when nothing failed, 1 when some manifest did."""
    asked = inputs.of_terminal(arguments, environment)
    here = local.planned(asked)
    planned = here.plan
    if asked.json:
        print(report.as_json(planned))
    else:
        terminal.show(planned, report.diff(here.snapshot, plan.texts(planned.changes, here.snapshot)))
    return 1 if planned.failures else 0
