"""What GitHub shows at the lines of the manifests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from profile_cd import neutral
from profile_cd.fanout import Fault
from profile_cd.model import Plan, Problem

MOST_ANNOTATIONS = 10
"""Per kind and step; the runner drops the rest (`Runner.Worker`, `ActionCommandManager`)."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message at a line of a file, as GitHub shows it on the commit."""

    level: Literal["error", "warning", "notice"]
    path: str
    line: int
    message: str


def warning(words: str, path: str = "", line: int = 0) -> Annotation:
    """A warning of the run as a whole, at a line where it concerns one."""
    return Annotation("warning", path, line, neutral.line(words, 1000))


def annotated(plan: Plan, errors_before: int = 0, warnings_before: int = 0) -> list[Annotation]:
    """At most as many as the runner shows beside those *before*; the last of a full list says where others are."""
    return [
        *_some("error", plan.failures, MOST_ANNOTATIONS - errors_before),
        *_some("warning", plan.warnings, MOST_ANNOTATIONS - warnings_before),
    ]


def of_faults(faults: Sequence[Fault], most: int = MOST_ANNOTATIONS) -> list[Annotation]:
    """What is wrong with PROJECTS, which stands in no file."""
    return no_more([Annotation(each.level, "", 0, neutral.line(each.message, 1000)) for each in faults], most)


def no_more(annotations: Sequence[Annotation], most: int = MOST_ANNOTATIONS) -> list[Annotation]:
    """At most *most* of each level; the last of a full list says where the others are."""
    shown: list[Annotation] = []
    for level in ("error", "warning", "notice"):
        made = [each for each in annotations if each.level == level]
        if len(made) > most > 0:
            more = f"{len(made) - most + 1} more are in the summary of this run."
            made = [*made[: most - 1], replace(made[-1], message=more)]
        shown += made[: max(most, 0)]
    return shown


def _some(level: Literal["error", "warning"], problems: Sequence[Problem], most: int) -> list[Annotation]:
    return no_more(
        [Annotation(level, each.path, each.line, neutral.line(each.reason, 1000)) for each in problems], most
    )
