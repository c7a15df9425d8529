"""What GitHub hands from one job to the next: found out before it is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

MOST_JOBS = 256
"""Jobs of one matrix (GitHub Actions, "Limits")."""

MOST_CHARACTERS = 450_000
"""Of one output: all outputs of a job may have 1 MB, counted as UTF-16."""

ONE_JOB = "Use the one-job form (input `fan-out: one-job`, see the README), which has no such limit."


def too_much(entries: Sequence[Mapping[str, object]], hidden: Callable[[str], bool]) -> str:
    """Why GitHub would hand *entries* to no matrix, empty where it does. *hidden*: whether a masked value is in a text.

    A job's output with a masked value in it is dropped with a warning, and the second job never starts
    (actions/runner, JobExtension.cs).
    """
    if len(entries) > MOST_JOBS:
        return f"{len(entries)} projects lag behind, and a matrix has {MOST_JOBS} jobs at most. {ONE_JOB}"
    if len(json.dumps(list(entries), ensure_ascii=False)) > MOST_CHARACTERS:
        return f"The {len(entries)} entries for the matrix are larger than an output may be. {ONE_JOB}"
    marked = [str(each["name"]) for each in entries if hidden(json.dumps(each, ensure_ascii=False))]
    if marked:
        return (
            f"GitHub would drop the output `projects`, since a masked value stands in the entry of `{marked[0]}`. "
            "Perhaps a secret is as short as a word of it, or PROJECTS holds a token. Take it out, or make the secret "
            f"longer. {ONE_JOB}"
        )
    return ""
