"""Whose a commit is: a robot's or a person's."""

from __future__ import annotations

from collections.abc import Sequence

TRAILER = "Profile-CD:"


def is_machine(message: str, names: Sequence[str], machines: Sequence[str]) -> bool:
    """Whether a commit is a robot's: ours by its trailer at the start of a line, an earlier one's by a name.

    *names* are those of its author and committer, *machines* those of the robots of old.
    """
    ours = any(line.startswith(TRAILER) for line in message.splitlines())
    return ours or any(name in machines for name in names)
