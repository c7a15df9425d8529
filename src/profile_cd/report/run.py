"""What a run says: `--json`, lines for a log, annotations, the job summary and the outputs, as text."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from profile_cd import neutral
from profile_cd.fanout import Route
from profile_cd.model import Change, Plan, Problem, Snapshot
from profile_cd.proposal import told

SCHEMA = 1
MOST_ANNOTATIONS = 10
"""Per kind and step; the runner drops the rest (`Runner.Worker`, `ActionCommandManager`)."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message at a line of a file, as GitHub shows it on the commit."""

    level: Literal["error", "warning", "notice"]
    path: str
    line: int
    message: str


def as_json(plan: Plan) -> str:
    """The documented object of `--json`, and nothing else; in ASCII, which every terminal and pipe can take."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "changes": [_change(change) for change in plan.changes],
            "kept": [{**_change(kept.change), "reason": kept.reason} for kept in plan.kept],
            "failures": [_problem(problem) for problem in plan.failures],
            "warnings": [_problem(problem) for problem in plan.warnings],
            "unchanged": plan.unchanged,
        },
        indent=2,
    )


def _change(change: Change) -> dict[str, object]:
    names = ("manifest", "name", "source", "file", "key", "old", "new", "version", "lane")
    return {name: getattr(change, name) for name in names}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "manifest": problem.manifest,
        "path": problem.path,
        "line": problem.line,
        "reason": problem.reason,
    }


def grepped(change: Change) -> str:
    """The line that existing workflows look for in updatecli's output."""
    parts = {name: neutral.line(getattr(change, name)) for name in ("key", "old", "new", "file")}
    return 'key "{key}" updated from "{old}" to "{new}", in file "{file}"'.format(**parts)


def at_line(problem: Problem) -> str:
    """`file:line: message`."""
    return f"{neutral.line(problem.path)}:{problem.line}: {neutral.line(problem.reason, 1000)}"


def sum_up(plan: Plan) -> str:
    """One line that sums a plan up."""
    parts = [
        _counted(len(plan.changes), "change"),
        f"{plan.unchanged} up to date",
        f"{len(plan.kept)} left alone" if plan.kept else "",
        f"{len(plan.failures)} failed",
        _counted(len(plan.warnings), "warning") if plan.warnings else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def diff(snapshot: Snapshot, texts: Mapping[str, bytes]) -> list[str]:
    """A unified diff of the planned files, as lines without their ends."""
    lines: list[str] = []
    for path, data in texts.items():
        old = snapshot.files[path].data.decode("utf-8").splitlines()
        new = data.decode("utf-8").splitlines()
        lines += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return lines


def annotated(plan: Plan) -> list[Annotation]:
    """At most as many as the runner shows; the last of a full list says where the others are."""
    return _some("error", plan.failures) + _some("warning", plan.warnings)


def _some(level: Literal["error", "warning"], problems: Sequence[Problem]) -> list[Annotation]:
    made = [Annotation(level, each.path, each.line, neutral.line(each.reason, 1000)) for each in problems]
    if len(made) <= MOST_ANNOTATIONS:
        return made
    more = f"{len(made) - MOST_ANNOTATIONS + 1} more are in the summary of this run."
    return [*made[: MOST_ANNOTATIONS - 1], Annotation(level, made[-1].path, made[-1].line, more)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one lane's proposal. *operation* is the one word of the output.

    *on* is the commit that the merge commit came upon.
    """

    operation: str = "none"
    number: int = 0
    url: str = ""
    merge_sha: str = ""
    on: str = ""
    title: str = ""
    message: str = ""
    words: str = ""

    @property
    def red(self) -> bool:
        """Whether this ends the step with a failure."""
        return self.operation == "refused"


def outputs(
    merge: Outcome, review: Outcome, entries: Sequence[Mapping[str, object]], message: str, commit_url: str
) -> dict[str, str]:
    """The action's outputs, by their names in action.yml."""
    return {
        "operation": merge.operation,
        "pull-request-number": str(merge.number or ""),
        "pull-request-url": merge.url,
        "merge-sha": merge.merge_sha,
        "review-operation": review.operation,
        "review-url": review.url,
        "projects": json.dumps(list(entries), ensure_ascii=False),
        "has-projects": "true" if entries else "false",
        "message": message,
        "commit-url": commit_url,
    }


def summary(
    plan: Plan,
    lanes: Mapping[str, Outcome],
    found: Sequence[Route],
    *,
    announced: str = "",
    notes: Sequence[str] = (),
    pages: Sequence[str] = (),
) -> str:
    """The job summary in GitHub's Markdown. *pages* are lines of it that tell what is new."""
    lines = ["## Profile CD", "", sum_up(plan)]
    lines += ["", neutral.sentence(announced)] if announced else []
    for lane, outcome in lanes.items():
        lines += _lane(lane, outcome)
    if plan.changes:
        lines += ["", "| product | file | key | old | new | lane |", "|---|---|---|---|---|---|"]
        lines += [_row(change) for change in plan.changes]
    lines += pages
    lines += told(plan)
    if plan.warnings:
        lines += ["", f"### {_counted(len(plan.warnings), 'warning')}", ""]
        lines += [f"- {neutral.code(f'{w.path}:{w.line}')} {neutral.sentence(w.reason)}" for w in plan.warnings]
    if found:
        lines += ["", "### Projects to trigger", "", "| project | because |", "|---|---|"]
        lines += [f"| {neutral.code(each.project.name)} | {neutral.markdown(each.reason)} |" for each in found]
    lines += [f"\n{neutral.sentence(note)}" for note in notes]
    return "\n".join(lines) + "\n"


def _lane(lane: str, outcome: Outcome) -> list[str]:
    if outcome.operation == "none" and not outcome.words:
        return []
    where = neutral.link(f"#{outcome.number}", outcome.url) if outcome.number else ""
    words = neutral.sentence(outcome.words) if outcome.words else ""
    told_title = neutral.code(outcome.title) if outcome.title else ""
    parts = [f"**{lane}: {outcome.operation}**", where, told_title, words]
    return ["", " ".join(part for part in parts if part)]


def _row(change: Change) -> str:
    cells = (change.product, change.file, change.key, change.old, change.new, change.lane)
    return f"| {' | '.join(neutral.code(cell) for cell in cells)} |"
