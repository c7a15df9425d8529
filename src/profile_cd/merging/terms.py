"""What is said while a pull request is merged: GitHub's answers, and our actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from profile_cd.inputs import MergeMode

Way = Literal["directly", "behind"]
Ending = Literal["merged", "armed", "queued", "refused"]


@dataclass(frozen=True, slots=True)
class Merging:
    """How far a merge has come. *head* is the commit that was planned, to go into the branch *base*.

    *commits* are all that the pull request may bring along, and *look_first* says that it was open before this run:
    then somebody may have changed it. *waited* counts seconds. *fast_forward* says that the base is to be moved to the
    head itself; *fell_back* are the words with which GitHub refused that for good. *sent* says that a direct merge is
    under way whose answer is not known, *behind* that the next one is asked for in the background, where *request* is
    GitHub's name for it. *absent* are the ways to merge that GitHub says it does not have.
    """

    head: str
    base: str = ""
    commits: frozenset[str] = frozenset()
    look_first: bool = False
    mode: MergeMode = "auto"
    wait: int = 0
    default_token: bool = False
    steps: int = 0
    direct: int = 0
    doubts: int = 0
    armings: int = 0
    waited: float = 0.0
    last_words: str = ""
    fast_forward: bool = False
    fell_back: str = ""
    sent: bool = False
    behind: bool = False
    request: str = ""
    absent: frozenset[Way] = frozenset()


# What GitHub answered.


@dataclass(frozen=True, slots=True)
class Start:
    """Nothing was asked yet."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The direct merge happened; *sha* is the merge commit."""

    sha: str


@dataclass(frozen=True, slots=True)
class Refused:
    """GitHub said no to the direct merge, with a status and a message."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class NotForwarded:
    """GitHub did not let the base point to our head, with its words."""

    message: str


@dataclass(frozen=True, slots=True)
class Pending:
    """GitHub has taken the merge and does it in the background, under the name *request*."""

    request: str


@dataclass(frozen=True, slots=True)
class Armed:
    """GitHub took the auto-merge, or the place in the merge queue."""


@dataclass(frozen=True, slots=True)
class ArmRefused:
    """GitHub said no to the auto-merge or to the merge queue."""

    message: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer to a write was lost: it may have happened."""


@dataclass(frozen=True, slots=True)
class Waited:
    """The time asked for has passed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The pull request as it is now; the words are GitHub's own (GraphQL enums).

    *checks* counts them, None where the token may not read them; *failed* names the required ones that failed.
    """

    state: Literal["OPEN", "CLOSED", "MERGED"]
    head: str
    mergeable: Literal["MERGEABLE", "CONFLICTING", "UNKNOWN"]
    status: str = "UNKNOWN"
    review: str = ""
    armed: bool = False
    queued: bool = False
    merge_sha: str = ""
    base: str = ""
    commits: tuple[str, ...] = ()
    checks: int | None = 0
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """GitHub does not know the pull request yet, though it has just opened it."""


AnswerOfGitHub = Start | Merged | Refused | NotForwarded | Pending | Armed | ArmRefused | Lost | Waited | Seen | Unknown


# What to do next.


@dataclass(frozen=True, slots=True)
class MergeDirectly:
    """Merge now, if the head still is *head*."""

    head: str


@dataclass(frozen=True, slots=True)
class Forward:
    """Let the base point to *head*, where that is a fast-forward: the only guard by the base's head that GitHub has."""

    head: str


@dataclass(frozen=True, slots=True)
class MergeBehind:
    """Let GitHub merge in the background, if the head still is *head*."""

    head: str


@dataclass(frozen=True, slots=True)
class Follow:
    """Ask what became of the merge in the background with the name *request*."""

    request: str


@dataclass(frozen=True, slots=True)
class Arm:
    """Let GitHub merge when its requirements are met, if the head still is *head*."""

    head: str


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the pull request into the merge queue."""

    head: str


@dataclass(frozen=True, slots=True)
class Look:
    """Read the pull request."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Let *seconds* pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class PlanAgain:
    """The base, the branch or the pull request moved: plan on the newest base. *why* is for people."""

    why: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The end. *words* say why it was refused and what to do now; *sha* is the merge commit."""

    ending: Ending
    words: str = ""
    sha: str = ""


Action = MergeDirectly | Forward | MergeBehind | Follow | Arm | Enqueue | Look | Wait | PlanAgain | Stop
