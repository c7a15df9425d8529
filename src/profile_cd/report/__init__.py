"""A run as text: outputs, summary, annotations, JSON, lines of a log."""

from __future__ import annotations

from profile_cd.report.annotations import MOST_ANNOTATIONS, Annotation, annotated, no_more, of_faults, warning
from profile_cd.report.ended import Ended
from profile_cd.report.json import as_json
from profile_cd.report.lines import at_line, diff, grepped, sum_up
from profile_cd.report.outputs import Counts, Outcome, outputs
from profile_cd.report.summary import summary

__all__ = [
    "MOST_ANNOTATIONS",
    "Annotation",
    "Counts",
    "Ended",
    "Outcome",
    "annotated",
    "as_json",
    "at_line",
    "diff",
    "grepped",
    "no_more",
    "of_faults",
    "outputs",
    "sum_up",
    "summary",
    "warning",
]
