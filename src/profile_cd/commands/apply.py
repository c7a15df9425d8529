"""`profile-cd apply`: change the files of the working tree."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import inputs, plan, report
from profile_cd.services import terminal
from profile_cd.steps import local


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Ask, decide, write, say. The exit code is 0 when nothing failed, 1 when some manifest did."""
    asked = inputs.of_terminal(arguments, environment)
    here = local.planned(asked)
    planned = here.plan
    here.tree.write(plan.texts(planned.changes, here.snapshot))
    if asked.json:
        print(report.as_json(planned))
    else:
        for change in planned.changes:
            terminal.say(report.grepped(change))
        terminal.problems(planned)
        terminal.end(report.sum_up(planned), good=not planned.failures)
    return 1 if planned.failures else 0
