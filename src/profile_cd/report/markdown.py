"""Tables and lists in GitHub's Markdown: every cell is neutralised."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import neutral
from profile_cd.fanout import Route
from profile_cd.model import Change, Problem
from profile_cd.report.lines import counted
from profile_cd.report.outputs import Outcome


def lane(name: str, outcome: Outcome) -> list[str]:
    """What became of a lane, in one line; nothing where there was nothing to do."""
    if outcome.operation == "none" and not outcome.words:
        return []
    where = neutral.link(f"#{outcome.number}", outcome.url) if outcome.number else ""
    words = neutral.sentence(outcome.words) if outcome.words else ""
    title = neutral.code(outcome.title) if outcome.title else ""
    parts = [f"**{name}: {outcome.operation}**", where, title, words]
    return ["", " ".join(part for part in parts if part)]


def changes(planned: Sequence[Change]) -> list[str]:
    """A table of the planned changes."""
    if not planned:
        return []
    cells = [(each.product, each.file, each.key, each.old, each.new, each.lane) for each in planned]
    rows = [
        f"| {' | '.join(neutral.code(cell) for cell in row)}{' **(major)**' if each.major else ''} |"
        for each, row in zip(planned, cells, strict=True)
    ]
    return ["", "| product | file | key | old | new | lane |", "|---|---|---|---|---|---|", *rows]


def warnings(problems: Sequence[Problem]) -> list[str]:
    """A list of the warnings, each at its line."""
    if not problems:
        return []
    lines = [f"- {neutral.code(f'{w.path}:{w.line}')} {neutral.sentence(w.reason)}" for w in problems]
    return ["", f"### {counted(len(problems), 'warning')}", "", *lines]


def projects(routes: Sequence[Route]) -> list[str]:
    """A table of the projects whose pipelines start, with the reason for each, and a line of those that stay."""
    if not routes:
        return []
    rows = [
        f"| {neutral.code(each.project.name)} | {neutral.markdown(each.reason)} |" for each in routes if each.concerned
    ]
    lines = ["", "### Projects to trigger", "", "| project | because |", "|---|---|", *rows] if rows else []
    others = [
        f"{neutral.code(each.project.name)} ({neutral.markdown(each.reason)})" for each in routes if not each.concerned
    ]
    return [*lines, "", f"Not concerned: {', '.join(others)}."] if others else lines
