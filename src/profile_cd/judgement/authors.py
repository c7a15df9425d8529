"""Whose a commit is: a robot's or a person's."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.proposal import marks


def is_machine(message: str, names: Sequence[str], machines: Sequence[str]) -> bool:
    """Whether a commit is a robot's: ours by its trailer at the start of a line, an earlier one's by a name.

    *names* are those of its author and committer, *machines* those of the robots of old.
    """
    return marks.has_trailer(message) or any(name in machines for name in names)
