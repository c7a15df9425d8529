"""What GitHub hands from one job to the next: found out before it is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

MOST_JOBS = 256
"""Jobs of one matrix (GitHub Actions, "Limits")."""

MOST_CHARACTERS = 450_000
"""Of one output: all outputs of a job may have 1 MB, counted as UTF-16."""

MOST_BYTES = 120_000
"""Of one input of a step in a container: Linux takes 128 KiB of one variable (MAX_ARG_STRLEN), and the runner hands an
input over as one. With a longer one the step dies before it begins ("Argument list too long").
"""

SHARED = ("message", "commit-url")
"""What all entries of one run say alike."""

ONE_JOB = "Use the one-job form (input `fan-out: one-job`, see the README), which has no such limit."


Entries = Sequence[Mapping[str, object]]


def in_matrix(entries: Entries, hidden: Callable[[str], bool]) -> tuple[Entries, str]:
    """*entries* as GitHub hands them to a matrix, and what is wrong where some or all of them cannot be handed over.

    *hidden*: whether a masked value is in a text. A job's output with one in it is dropped with a warning, and the
    second job never starts (actions/runner, JobExtension.cs); so the entry that holds it is left out for the others.
    """
    if len(entries) > MOST_JOBS:
        return (), f"{len(entries)} projects lag behind, and a matrix has {MOST_JOBS} jobs at most. {ONE_JOB}"
    if len(_text(entries).encode("utf-16-le", "replace")) // 2 > MOST_CHARACTERS:
        return (), f"The {len(entries)} entries for the matrix are larger than an output may be. {ONE_JOB}"
    kept = [each for each in entries if not hidden(_text(each))]
    if len(kept) == len(entries):
        return entries, ""
    left = f"{len(entries) - len(kept)} of {len(entries)} that lag behind are left out."
    marked = next(str(each["name"]) for each in entries if each not in kept)
    words = (
        f"GitHub would drop the output `projects`, since a masked value stands in the entry of `{marked}`. "
        f"{left} Perhaps a secret is as short as a word of it, or PROJECTS holds a token. Take it out, or make the "
        f"secret longer. {ONE_JOB}"
    )
    return kept, words


def in_one_step(entries: Entries) -> tuple[Entries, str]:
    """*entries* as the one-job form can hand them over, and what is wrong where some of them must wait.

    Where they are too large, what they all say stands in the first one only (`shared` reads it). One that has no room
    keeps none behind it waiting.
    """
    if _bytes(entries) <= MOST_BYTES:
        return entries, ""
    said = {key: entries[0][key] for key in SHARED if key in entries[0]}
    kept: list[Mapping[str, object]] = []
    left = MOST_BYTES - len("[]")
    for each in entries:
        small = {key: value for key, value in each.items() if said.get(key) != value} if kept else each
        size = _bytes(small) + len(", ")
        if size <= left:
            kept.append(small)
            left -= size
    if len(kept) == len(entries):
        return kept, ""
    huge = next((each["name"] for each in entries if _bytes(each) > MOST_BYTES), None)
    alone = f" The entry of `{huge}` is too large by itself: shorten it." if huge is not None else ""
    words = (
        f"{len(entries)} projects lag behind, and one step can be handed {len(kept)} of them: the others wait for the "
        f"next run.{alone} Divide PROJECTS between two workflows."
    )
    return kept, words


def shared(entries: Entries) -> list[Mapping[str, object]]:
    """*entries* with what only the first of them says for all."""
    said = {key: entries[0][key] for key in SHARED if key in entries[0]} if entries else {}
    return [{**said, **each} for each in entries]


def _bytes(value: object) -> int:
    return len(_text(value).encode("utf-8", "replace"))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
