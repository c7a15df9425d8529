"""`profile-cd compare DIR`: which files another tool left differently from what we would write, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import comparison, inputs
from profile_cd.services import terminal
from profile_cd.steps import compare


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Plan here, read there, say what differs; write nothing.

    The exit code is 0 where everything is equal, 1 where a file differs or a manifest failed.
    """
    asked = inputs.of_terminal(arguments, environment)
    differences, planned, compared = compare.compared(asked, arguments.finished)
    if asked.json:
        print(comparison.as_json(differences, compared))
    else:
        terminal.compared(comparison.lines(differences))
        terminal.problems(planned)
        terminal.end(comparison.sum_up(differences, compared), good=not (differences or planned.failures))
    counted = [each for each in differences if not (arguments.ignore_format and each.format_only)]
    return 1 if counted or planned.failures else 0
