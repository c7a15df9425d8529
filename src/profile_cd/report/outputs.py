"""What became of each lane, and the action's outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one lane's proposal. *operation* is the one word of the output.

    *on* is the commit that the merge commit came upon, *tree* the name of the files that it holds; *paths* are those
    that it changed, None where anything may have.
    """

    operation: str = "none"
    number: int = 0
    url: str = ""
    merge_sha: str = ""
    tree: str = ""
    on: str = ""
    paths: tuple[str, ...] | None = ()
    title: str = ""
    message: str = ""
    words: str = ""

    @property
    def red(self) -> bool:
        """Whether this ends the step with a failure."""
        return self.operation == "refused"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many manifests *failed*, and how many values were *changed*: merged, proposed or only planned."""

    failed: int = 0
    changed: int = 0


def outputs(
    lanes: tuple[Outcome, Outcome],
    entries: Sequence[Mapping[str, object]],
    message: str,
    commit_url: str,
    counts: Counts,
) -> dict[str, str]:
    """The action's outputs, by their names in action.yml. *lanes* are what became of the merge and of the review."""
    merge, review = lanes
    return {
        "operation": merge.operation,
        "pull-request-number": str(merge.number or ""),
        "pull-request-url": merge.url,
        "merge-sha": merge.merge_sha,
        "review-operation": review.operation,
        "review-url": review.url,
        "projects": json.dumps(list(entries), ensure_ascii=False),
        "has-projects": "true" if entries else "false",
        "project-count": str(len(entries)),
        "changed": str(counts.changed),
        "failed": str(counts.failed),
        "message": message,
        "commit-url": commit_url,
    }
