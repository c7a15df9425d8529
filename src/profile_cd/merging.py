"""The merge as a pure state machine: what GitHub answered goes in, the next action comes out.

    start ─▶ MergeDirectly ─▶ Merged ─▶ Stop(merged)
                 │ 405 "Base branch was modified", conflict, other head, closed ─▶ PlanAgain
                 │ 405 "not mergeable" ─▶ Look (until GitHub knows) ─▶ MergeDirectly | Arm | Stop(refused)
                 │ 405 checks are missing ─▶ Wait (while there is time) ─▶ Arm ─▶ Look ─▶ Stop(armed | merged)
                 │ 405 merge queue ─▶ Enqueue ─▶ Look ─▶ Stop(queued | merged)
                 └ 405 reviews, rules, method; 403; 404; 422 ─▶ Stop(refused)

Every way through is bounded: by MOST_STEPS in all and by a number of tries for each thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from profile_cd.inputs import MergeMode

MOST_STEPS = 40
MOST_DIRECT = 6
MOST_LOOKS_IN_DOUBT = 8
MOST_ARMINGS = 3

Ending = Literal["merged", "armed", "queued", "refused"]


@dataclass(frozen=True, slots=True)
class Merging:
    """How far a merge has come. *head* is the commit that was planned; *waited* counts seconds."""

    head: str
    mode: MergeMode = "auto"
    wait: int = 0
    default_token: bool = False
    steps: int = 0
    direct: int = 0
    doubts: int = 0
    armings: int = 0
    waited: float = 0.0
    last_words: str = ""


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
    """The pull request as it is now; the words are GitHub's own (GraphQL enums)."""

    state: Literal["OPEN", "CLOSED", "MERGED"]
    head: str
    mergeable: Literal["MERGEABLE", "CONFLICTING", "UNKNOWN"]
    status: str = "UNKNOWN"
    review: str = ""
    armed: bool = False
    queued: bool = False
    merge_sha: str = ""
    checks: int = 0


AnswerOfGitHub = Start | Merged | Refused | Armed | ArmRefused | Lost | Waited | Seen


# What to do next.


@dataclass(frozen=True, slots=True)
class MergeDirectly:
    """Merge now, if the head still is *head*."""

    head: str


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


Action = MergeDirectly | Arm | Enqueue | Look | Wait | PlanAgain | Stop


def after(state: Merging, answer: AnswerOfGitHub) -> tuple[Merging, Action]:
    """The state after *answer* and what to do now."""
    state = replace(state, steps=state.steps + 1)
    if state.steps > MOST_STEPS:
        return state, _given_up(state)
    if isinstance(answer, Merged):
        return state, Stop("merged", sha=answer.sha)
    if isinstance(answer, Start):
        return _directly(state)
    if isinstance(answer, Refused):
        return _after_refusal(state, answer)
    if isinstance(answer, ArmRefused):
        return _after_arm_refusal(state, answer.message)
    if isinstance(answer, Waited):
        state = replace(state, waited=state.waited + answer.seconds)
        return state, Look()
    if isinstance(answer, Seen):
        return _after_look(state, answer)
    return state, Look()


def _directly(state: Merging) -> tuple[Merging, Action]:
    if state.direct >= MOST_DIRECT:
        return state, _given_up(state)
    return replace(state, direct=state.direct + 1), MergeDirectly(state.head)


def _given_up(state: Merging) -> Stop:
    said = f" It last said: {state.last_words}" if state.last_words else ""
    return Stop("refused", f"GitHub did not merge after {state.direct} tries.{said} {AGAIN}")


AGAIN = "The next run tries again."


MOVED = ("base branch was modified", "head branch was modified")
QUEUE = ("merge queue",)
CHECKS = ("required status check", "is expected", "are expected", "checks have not", "status checks are")
REVIEWS = ("review", "approv", "code owner")
DEMANDED = ("approving review", "code owner")
DRAFT = ("draft",)
METHOD = ("merges are not allowed", "merge method")
RULES = ("rule violation", "protected", "not authorized", "push restriction", "signed", "linear history")
METHOD_NOT_ALLOWED, CONFLICT = 405, 409


def _mentions(message: str, phrases: tuple[str, ...]) -> bool:
    lower = message.lower()
    return any(phrase in lower for phrase in phrases)


def _after_refusal(state: Merging, answer: Refused) -> tuple[Merging, Action]:
    state = replace(state, last_words=_sentence(answer.message))
    if answer.status == CONFLICT or _mentions(answer.message, MOVED):
        return state, PlanAgain("the base or our branch moved while the merge was asked for")
    if answer.status != METHOD_NOT_ALLOWED:
        return state, Stop("refused", _advice(answer.message, f"GitHub refused the merge: {state.last_words}"))
    if _mentions(answer.message, QUEUE):
        if state.mode == "direct":
            return state, Stop("refused", _queue_words())
        return state, Enqueue(state.head)
    if _mentions(answer.message, CHECKS) and not _mentions(answer.message, DEMANDED):
        return _not_yet(state)
    if _mentions(answer.message, DRAFT + METHOD + REVIEWS + RULES):
        return state, Stop("refused", _advice(answer.message, f"GitHub refused the merge: {state.last_words}"))
    return state, Look()


def _after_arm_refusal(state: Merging, message: str) -> tuple[Merging, Action]:
    state = replace(state, last_words=_sentence(message))
    if _mentions(message, ("clean status", "unstable status", "rules not configured")):
        return _directly(state)
    if _mentions(message, CHECKS):
        return _not_yet(state)
    if _mentions(message, ("correct state", "has_hooks")):
        return _in_doubt(state)
    if _mentions(message, ("already",)):
        return state, Look()
    return state, Stop("refused", _advice(message, f"GitHub refused the auto-merge: {state.last_words}"))


def _after_look(state: Merging, seen: Seen) -> tuple[Merging, Action]:
    if seen.state == "MERGED":
        return state, Stop("merged", sha=seen.merge_sha)
    if seen.state == "CLOSED":
        return state, PlanAgain("the pull request was closed or its branch deleted")
    if seen.head != state.head:
        return state, PlanAgain("somebody pushed to our branch")
    if seen.queued:
        return state, Stop("queued")
    if seen.mergeable == "CONFLICTING" or seen.status in {"DIRTY", "BEHIND"}:
        return state, PlanAgain("the base moved")
    if seen.armed:
        return state, Stop("armed", _armed_words(state, seen))
    if seen.mergeable == "UNKNOWN" or seen.status == "UNKNOWN":
        return _in_doubt(state)
    if seen.status == "DRAFT":
        return state, Stop("refused", _advice("draft", "The pull request is a draft."))
    if seen.status == "BLOCKED":
        return _blocked(state, seen)
    return _directly(state)


def _blocked(state: Merging, seen: Seen) -> tuple[Merging, Action]:
    if seen.review in {"REVIEW_REQUIRED", "CHANGES_REQUESTED"}:
        return state, Stop("refused", _advice("review", "The base branch demands a review."))
    if state.mode == "direct" and state.waited >= state.wait:
        return state, Stop("refused", _unmet_words(state, seen))
    return _not_yet(state)


def _not_yet(state: Merging) -> tuple[Merging, Action]:
    """Required checks are not done: wait while there is time, then leave it to GitHub."""
    if state.waited < state.wait:
        return state, Wait(min(5.0, state.wait - state.waited))
    if state.mode == "direct":
        return state, Stop("refused", _unmet_words(state, None))
    if state.armings >= MOST_ARMINGS:
        return state, Stop("refused", f"GitHub took the auto-merge {state.armings} times and forgot it. {AGAIN}")
    return replace(state, armings=state.armings + 1), Arm(state.head)


def _in_doubt(state: Merging) -> tuple[Merging, Action]:
    """GitHub has not worked out yet whether it can merge."""
    if state.doubts >= MOST_LOOKS_IN_DOUBT:
        return _directly(state)
    return replace(state, doubts=state.doubts + 1), Wait(min(0.25 * 2**state.doubts, 5.0))


def _sentence(message: str) -> str:
    return re.sub(r"\s+", " ", message).strip().rstrip(".") + "."


WAYS = (
    (DRAFT, "Mark the pull request as ready, or leave out the input `draft`."),
    (METHOD, "Choose another `merge-method`, or allow this one in Settings → General → Pull Requests."),
    (REVIEWS, "Approve it, or let the rules of the base branch make an exception for profile-cd's App."),
    (RULES, "Let the rules of the base branch make an exception for the App whose token `merge-token` is."),
    (
        ("auto merge is not allowed", "auto-merge"),
        "Tick “Allow auto-merge” in Settings → General, or set `wait`.",
    ),
    (("resource not accessible",), "Give the token contents: write and pull-requests: write."),
)


def _advice(message: str, what: str) -> str:
    way = next((way for phrases, way in WAYS if _mentions(message, phrases)), "")
    return f"{what} {way}".strip()


def _queue_words() -> str:
    return "The base branch has a merge queue, which `merge: direct` cannot use. Set `merge: auto`."


NEVER_STARTED = (
    "No check has started: a pull request opened with the workflow's own token waits until somebody presses "
    "“Approve workflows to run”. Press it, or give the input `merge-token` a token of a GitHub App."
)


def _unmet_words(state: Merging, seen: Seen | None) -> str:
    words = f"Required checks are not met after {state.waited:.0f} s of waiting."
    if seen is not None and seen.checks == 0 and state.default_token:
        return f"{words} {NEVER_STARTED}"
    return f"{words} Set `wait` to more seconds, or `merge: auto`."


def _armed_words(state: Merging, seen: Seen) -> str:
    if not state.default_token:
        return "GitHub merges it when its checks pass."
    words = (
        "GitHub merges it when its checks pass. That merge starts no workflow, since it is made with the "
        "workflow's own token: the next run tells the projects."
    )
    return f"{words} {NEVER_STARTED}" if seen.checks == 0 else words
