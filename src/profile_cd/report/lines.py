"""A run in single lines: for a log, for a terminal, as a diff."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from profile_cd import neutral
from profile_cd.markdown import counted
from profile_cd.model import Change, Plan, Problem, Snapshot


def grepped(change: Change) -> str:
    """The line that existing workflows look for in updatecli's output."""
    parts = {name: neutral.line(getattr(change, name)) for name in ("key", "old", "new", "file")}
    return 'key "{key}" updated from "{old}" to "{new}", in file "{file}"'.format(**parts)


def at_line(problem: Problem, level: str = "") -> str:
    """`file:line: message`, as compilers write it; with `level: ` before the message where there is one."""
    said = f"{level}: " if level else ""
    return f"{neutral.line(problem.path)}:{problem.line}: {said}{neutral.line(problem.reason, 1000)}"


def sum_up(plan: Plan) -> str:
    """One line that sums a plan up."""
    parts = [
        counted(len(plan.changes), "change"),
        f"{plan.unchanged} up to date",
        f"{len(plan.kept)} kept" if plan.kept else "",
        f"{plan.failed} failed",
        counted(len(plan.warnings), "warning") if plan.warnings else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def diff(snapshot: Snapshot, texts: Mapping[str, bytes]) -> list[str]:
    """A unified diff of the planned files, as lines without their ends."""
    lines: list[str] = []
    for path, data in texts.items():
        old = snapshot.files[path].data.decode("utf-8").splitlines()
        new = data.decode("utf-8").splitlines()
        lines += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return lines
