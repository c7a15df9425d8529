"""Whose a commit is: a robot's or a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from profile_cd.proposal import marks

_REVERTS = re.compile(r"^(?:This reverts commit [0-9a-f]{7,64}\b|Reverts \S+#\d+)", re.MULTILINE)
"""What `git revert` and GitHub's button put into the message of a revert."""


def is_machine(message: str, names: Sequence[str], machines: Sequence[str]) -> bool:
    """Whether a commit is a robot's: ours by its trailer at the start of a line, an earlier one's by a name.

    *names* are those of its author and committer, *machines* those of the robots of old.
    """
    return marks.has_trailer(message) or any(name in machines for name in names)


def reverts(message: str) -> bool:
    """Whether a commit takes another one back, which is somebody's no, whoever pressed the button."""
    return _REVERTS.search(message) is not None
