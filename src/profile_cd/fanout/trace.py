"""One comment that traces what was published to what deploys it: announced artefact → merge → pipelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from profile_cd import markdown, neutral
from profile_cd.fanout.ledger import Deployment
from profile_cd.fanout.projects import Project

MARK = "<!-- profile-cd: trace -->"
"""The first line of the comment, by which a later run finds it; it is updated in place."""

MOST = 50_000
"""Bytes of the table; GitHub takes a comment of 65,536 characters."""

STATES = {
    "success": "✅ succeeded",
    "failure": "❌ failed",
    "error": "❌ refused",
    "in_progress": "🔄 started",
    "inactive": "started; nobody waited for its end",
}
"""What a record's newest state says, for people."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What the comment is about: the pull request's *title*, the merge *commit* with its page, what *announced* it."""

    title: str
    commit: str
    commit_url: str
    announced: str = ""
    upstream: str = ""


def comment(about: Traced, projects: Sequence[Project], deployments: Mapping[str, Sequence[Deployment]]) -> str:
    """The comment's Markdown. *deployments* are by environment, newest first; those of other commits do not count."""
    start = neutral.code(about.announced) if about.announced else ""
    if about.upstream:
        start = f"{start or 'Announced'} by {neutral.link('its job', about.upstream)}"
    merged = f"merged as {neutral.link(about.commit[:7], about.commit_url)}"
    way = " → ".join(part for part in (start, neutral.code(about.title) if about.title else "", merged) if part)
    rows = [_row(project, about.commit, deployments.get(project.deployed_as, ())) for project in projects]
    shown = markdown.fitting([*filter(None, rows)], MOST, lambda left: f"| and {left} more | on the commit's page |")
    lines = [MARK, way, "", "| project | pipeline |", "|---|---|", *shown]
    if not any(rows):
        lines = [MARK, way, "", "No project has been triggered for it yet."]
    return "\n".join(lines)


def _row(project: Project, commit: str, deployments: Sequence[Deployment]) -> str:
    """The newest record of *commit*; empty where there is none, since the project is not concerned then."""
    found = next((each for each in deployments if each.commit == commit), None)
    if found is None:
        return ""
    state = STATES.get(_said(found.states), "⏳ being asked for")
    shown = neutral.link(state, found.log_url) if found.log_url else state
    return f"| {neutral.code(project.name)} | {shown} |"


def _said(states: Sequence[str]) -> str:
    """The newest of *states* that says what became of the pipeline, empty where none does.

    `inactive` is said by GitHub, too, of what succeeded or failed, or of what was not even started.
    """
    others = [each for each in states if each != "inactive"]
    newest = others[0] if others else ""
    return "inactive" if newest == "in_progress" and "inactive" in states else newest
