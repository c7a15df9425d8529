"""A run as text: outputs, summary, annotations, JSON, lines of a log."""

from __future__ import annotations

from profile_cd.report.run import (
    Annotation,
    Outcome,
    annotated,
    as_json,
    at_line,
    diff,
    grepped,
    outputs,
    sum_up,
    summary,
)

__all__ = [
    "Annotation",
    "Outcome",
    "annotated",
    "as_json",
    "at_line",
    "diff",
    "grepped",
    "outputs",
    "sum_up",
    "summary",
]
