"""GitHub's words about a merge, how they are recognised, and ours for the person who must act."""

from __future__ import annotations

import re

from profile_cd import neutral
from profile_cd.merging.terms import Merging, Seen

AGAIN = "The next run tries again."

MOVED = ("base branch was modified", "head branch was modified")
NO_FAST_FORWARD = ("not a fast forward", "not a fast-forward")
QUEUE = ("merge queue",)
CHECKS = (
    "required status check", "is expected", "are expected", "checks have not", "status checks are",
    "waiting for results", "waiting for code scanning",
)  # fmt: skip
"""What is not done yet and may still end well; code scanning says so in the words of a rule."""
REVIEWS = ("review", "approv", "code owner")
DEMANDED = ("approving review", "code owner")
DRAFT = ("draft",)
LINEAR = ("must not contain merge commits", "linear history")
METHOD = ("merges are not allowed", "merge commits are not allowed", "merge method", *LINEAR)
"""What no waiting and no further try changes."""
RULES = ("rule violation", "protected", "not authorized", "push restriction", "signed")


def mentions(message: str, phrases: tuple[str, ...]) -> bool:
    lower = message.lower()
    return any(phrase in lower for phrase in phrases)


def sentence(message: str) -> str:
    return re.sub(r"\s+", " ", message).strip().rstrip(".") + "."


WAYS = (
    (DRAFT, "Mark the pull request as ready, or leave out the input `draft`."),
    (LINEAR, "Set `merge-method: squash` or `rebase`: the base branch takes no merge commits."),
    (METHOD, "Choose another `merge-method`, or allow this one in Settings → General → Pull Requests."),
    (REVIEWS, "Approve it, or let the rules of the base branch make an exception for profile-cd's App."),
    (RULES, "Let the rules of the base branch make an exception for the App whose token `merge-token` is."),
    (
        ("auto merge is not allowed", "auto-merge"),
        "Tick “Allow auto-merge” in Settings → General, or set `wait`.",
    ),
    (("resource not accessible",), "Give the token contents: write and pull-requests: write."),
)


def advice(message: str, what: str) -> str:
    way = next((way for phrases, way in WAYS if mentions(message, phrases)), "")
    return f"{what} {way}".strip()


def queue_words() -> str:
    return "The base branch has a merge queue, which `merge: direct` cannot use. Set `merge: auto`."


NEVER_STARTED = (
    "No check has started: a pull request opened with the workflow's own token waits until somebody presses "
    "“Approve workflows to run”. Press it, or give the input `merge-token` a token of a GitHub App."
)


UNREADABLE = "Which they are cannot be seen: give the job `permissions: checks: read, statuses: read` as well."


def unmet_words(state: Merging, seen: Seen | None) -> str:
    words = f"Required checks are not met after {state.waited:.0f} s of waiting."
    if seen is not None and seen.checks == 0 and state.default_token:
        return f"{words} {NEVER_STARTED}"
    if seen is not None and seen.checks is None:
        return f"{words} {UNREADABLE}"
    return f"{words} Set `wait` to more seconds, or `merge: auto`."


def failed_words(seen: Seen) -> str:
    names = ", ".join(f"`{neutral.line(name)}`" for name in seen.failed[:5])
    which = f"The required check {names}" if len(seen.failed) == 1 else f"The required checks {names}"
    armed = " Then GitHub merges it, since its auto-merge stays on." if seen.armed else ""
    return f"{which} failed, so it is not merged. Look at its log, and run it again or correct what it found.{armed}"


def armed_words(state: Merging, seen: Seen) -> str:
    if not state.default_token:
        return "GitHub merges it when its checks pass."
    words = (
        "GitHub merges it when its checks pass. That merge starts no workflow, since it is made with the "
        "workflow's own token: the next run starts the projects."
    )
    return f"{words} {NEVER_STARTED}" if seen.checks == 0 else words
