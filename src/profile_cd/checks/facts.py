"""What GitHub says of a token and of a repository's settings, and a line of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Facts:
    """What one token sees of a repository; None stands for what it may not see.

    *login* is whose token it is. *expires* is when it ends, in GitHub's own words, empty where it says nothing.
    *pushes*: it may write contents. *pulls*: Actions may create pull requests. *required* are the checks and *reviews*
    the approvals that the base branch demands. *secrets* are names.
    """

    base: str
    login: str = ""
    expires: str = ""
    pushes: bool | None = None
    pulls: bool | None = None
    auto_merge: bool | None = None
    required: tuple[str, ...] | None = None
    reviews: int | None = None
    secrets: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: it is *fine*, must be *set*, or is *unknown* to this token."""

    level: Literal["fine", "set", "unknown"]
    words: str
