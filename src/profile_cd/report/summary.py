"""The job summary: everything that a run did, and why, on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd import neutral
from profile_cd.fanout import Route
from profile_cd.model import Plan
from profile_cd.proposal import not_done
from profile_cd.report import markdown
from profile_cd.report.lines import sum_up
from profile_cd.report.outputs import Outcome


def summary(
    plan: Plan,
    lanes: Mapping[str, Outcome],
    found: Sequence[Route],
    *,
    announced: str = "",
    notes: Sequence[str] = (),
    pages: Sequence[str] = (),
) -> str:
    """The job summary in GitHub's Markdown. *pages* are lines of it with links to what is new."""
    lines = ["## Profile CD", "", sum_up(plan)]
    lines += ["", neutral.sentence(announced)] if announced else []
    for name, outcome in lanes.items():
        lines += markdown.lane(name, outcome)
    lines += [*markdown.changes(plan.changes), *pages, *not_done(plan)]
    lines += [*markdown.warnings(plan.warnings), *markdown.projects(found)]
    lines += [f"\n{neutral.sentence(note)}" for note in notes]
    return "\n".join(lines) + "\n"
