"""The parts of the summary, each within the room that it is given: failures, changes, projects, what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import markdown, neutral
from profile_cd.fanout import Route
from profile_cd.markdown import counted
from profile_cd.proposal import Upgrade, job, not_done, upgrades
from profile_cd.report.ended import Ended

MOST = 140_000
"""Bytes of each list: six of them stay below 1 MiB, above which the runner drops a summary as a whole."""

LONGEST_ANNOUNCED = 10_000
"""Characters of what became of an announcement, which names a few manifests at most."""

IN_THE_LOG = "in the log"


def failures(ended: Ended) -> list[str]:
    """What failed, and what to do, first of all."""
    lines = not_done.problems(ended.plan.failures, ended.files)
    return ["", f"### {counted(ended.plan.failed, 'manifest')} failed", "", *_fitting(lines)] if lines else []


def changes(ended: Ended) -> list[str]:
    """One table of what changes from what to what, and where; what a person reviews says so."""
    found = upgrades(ended.changes)
    if not found:
        return []
    rows = [[*each.cells(), _files(each), _new(each, ended)] for each in found]
    return markdown.table(["", "from", "to", "where", "what is new"], rows, MOST, IN_THE_LOG)


def _files(each: Upgrade) -> str:
    first = neutral.markdown(each.files[0])
    return first if len(each.files) == 1 else f"{first} and {len(each.files) - 1} more"


def _new(each: Upgrade, ended: Ended) -> str:
    if each.first.lane == "merge":
        return each.pages(ended.links)
    page = f": {neutral.link(f'#{ended.review.number}', ended.review.url)}" if ended.review.number else ""
    return f"waits for a person{page}"


def projects(ended: Ended) -> list[str]:
    """The projects whose pipelines start, with the reason, and those that are not concerned: one line each."""
    if not ended.routes:
        return []
    others = [each for each in ended.routes if not each.concerned]
    parts = [
        f"**Triggers** {_grouped(ended.concerned)}" if ended.concerned else "",
        f"not concerned: {_grouped(others)}" if others else "",
    ]
    said = " · ".join(part for part in parts if part)
    return ["", f"{said[0].upper()}{said[1:]}"]


def _grouped(routes: Sequence[Route]) -> str:
    reasons: dict[str, list[str]] = {}
    for each in routes:
        reasons.setdefault(each.reason, []).append(neutral.code(each.project.name))
    said = [f"{', '.join(names)} ({neutral.markdown(reason)})" for reason, names in reasons.items()]
    return "; ".join(markdown.fitting(said, MOST // 2, lambda left: f"and {left} more"))


def announced(ended: Ended) -> list[str]:
    """What became of the artefact that a job announced, in one line."""
    if not ended.announced:
        return []
    page = f" · job {job(ended.upstream)}" if ended.upstream else ""
    said = ended.announced[:LONGEST_ANNOUNCED]
    return ["", f"{neutral.sentence(said.rstrip('.') if page else said)}{page}"]


def kept(ended: Ended) -> list[str]:
    """What stays as it is, and why."""
    lines = not_done.kept(ended.plan.kept)
    return ["", f"### {counted(len(lines), 'value')} kept", "", *_fitting(lines)] if lines else []


def warnings(ended: Ended) -> list[str]:
    """The warnings, folded."""
    lines = not_done.problems(ended.plan.warnings, ended.files)
    return markdown.folded(f"⚠️ {counted(len(lines), 'warning')}", _fitting(lines))


def _fitting(lines: Sequence[str]) -> list[str]:
    return markdown.fitting(lines, MOST, lambda left: f"- and {left} more, {IN_THE_LOG}")
