"""The documented object of `--json`."""

from __future__ import annotations

import json

from profile_cd.model import Change, Kept, Plan, Problem

SCHEMA = 1


def as_json(plan: Plan) -> str:
    """The documented object of `--json`, and nothing else; in ASCII, which every terminal and pipe can take."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "changes": [_change(change) for change in plan.changes],
            "kept": [_kept(kept) for kept in plan.kept],
            "failures": [_problem(problem) for problem in plan.failures],
            "warnings": [_problem(problem) for problem in plan.warnings],
            "unchanged": plan.unchanged,
            "notes": list(plan.notes),
        },
        indent=2,
    )


def _change(change: Change) -> dict[str, object]:
    names = ("manifest", "name", "source", "file", "key", "old", "new", "version", "lane", "major", "why")
    return {name: getattr(change, name) for name in names}


def _kept(kept: Kept) -> dict[str, object]:
    names = ("reason", "release", "by", "at", "commit", "url")
    return {**_change(kept.change), **{name: getattr(kept, name) for name in names}}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "manifest": problem.manifest,
        "path": problem.path,
        "line": problem.line,
        "reason": problem.reason,
    }
