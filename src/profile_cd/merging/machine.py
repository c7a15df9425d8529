"""The merge as a pure state machine: what GitHub answered goes in, the next action comes out.

    start ─▶ (Look, where it was open before) ─▶ MergeDirectly ─▶ Merged ─▶ Stop(merged)
                 │ or Forward ─▶ Merged; no fast-forward ─▶ PlanAgain; rules forbid it ─▶ MergeDirectly by squash
                 │ 405 "Base branch was modified", conflict, other head, closed ─▶ PlanAgain
                 │ 405 "not mergeable" ─▶ Look (until GitHub knows) ─▶ MergeDirectly | Arm | Stop(refused)
                 │ 405 checks are missing ─▶ Wait (while there is time) ─▶ Arm ─▶ Look ─▶ Stop(armed | merged)
                 │ 405 merge queue ─▶ Enqueue ─▶ Look ─▶ Stop(queued | merged)
                 └ 405 reviews, rules, method; 403; 404; 422 ─▶ Stop(refused)

Every way through is bounded: by a number of tries for each thing, by the seconds of `wait`, and by MOST_STEPS
between two waits for checks.
"""

from __future__ import annotations

from dataclasses import replace

from profile_cd.merging import pauses
from profile_cd.merging.terms import (
    Action,
    AnswerOfGitHub,
    Arm,
    ArmRefused,
    Enqueue,
    Follow,
    Forward,
    Look,
    Lost,
    MergeBehind,
    Merged,
    MergeDirectly,
    Merging,
    NotForwarded,
    Pending,
    PlanAgain,
    Refused,
    Seen,
    Start,
    Stop,
    Unknown,
    Waited,
    Way,
)
from profile_cd.merging.words import (
    AGAIN,
    CHECKS,
    DEMANDED,
    DRAFT,
    METHOD,
    MOVED,
    NO_FAST_FORWARD,
    QUEUE,
    REVIEWS,
    RULES,
    advice,
    armed_words,
    failed_words,
    mentions,
    queue_words,
    sentence,
    unmet_words,
)

MOST_STEPS = 40
MOST_DIRECT = 6
MOST_LOOKS_IN_DOUBT = 8
MOST_ARMINGS = 3
METHOD_NOT_ALLOWED, CONFLICT = 405, 409
NOT_OFFERED = (404, 410)


def after(state: Merging, answer: AnswerOfGitHub) -> tuple[Merging, Action]:
    """The state after *answer* and what to do now."""
    state = replace(state, steps=state.steps + 1)
    if state.steps > MOST_STEPS:
        return state, _given_up(state)
    if isinstance(answer, Merged):
        return state, Stop("merged", state.fell_back, answer.sha)
    if isinstance(answer, (Pending, Lost, NotForwarded)) or (isinstance(answer, Waited) and state.request):
        return _under_way(state, answer)
    if isinstance(answer, Start):
        return (state, Look()) if state.look_first else _directly(state)
    if isinstance(answer, Unknown):
        return _in_doubt(state)
    if isinstance(answer, Refused):
        return _after_refusal(state, answer)
    if isinstance(answer, ArmRefused):
        return _after_arm_refusal(state, answer.message)
    if isinstance(answer, Waited):
        # Waiting is bounded by its own seconds: no number of looks may end it before they are over.
        return replace(state, waited=state.waited + answer.seconds, steps=0), Look()
    if isinstance(answer, Seen):
        return _after_look(state, answer)
    return state, Look()


def _directly(state: Merging) -> tuple[Merging, Action]:
    # Directly first, and armed only after a refusal: GitHub arms nothing that it could merge at once ("Pull request is
    # in clean status"), and a merge in this run is one that this run can look at and start pipelines for.
    if state.direct >= MOST_DIRECT:
        return state, _given_up(state)
    state = replace(state, direct=state.direct + 1, sent=not state.fast_forward and not state.behind)
    if state.behind and not state.fast_forward:
        return state, MergeBehind(state.head)
    return state, Forward(state.head) if state.fast_forward else MergeDirectly(state.head)


def _not_forwarded(state: Merging, message: str) -> tuple[Merging, Action]:
    """The base moved, or its rules let nobody push: then it is merged by `squash`, which they judge otherwise."""
    if mentions(message, NO_FAST_FORWARD):
        return state, PlanAgain("the base moved before it was forwarded")
    words = f"The base was not forwarded, so that `squash` was used. GitHub says: {sentence(message)}"
    return _directly(replace(state, fast_forward=False, fell_back=words))


def _under_way(state: Merging, answer: Pending | Lost | NotForwarded | Waited) -> tuple[Merging, Action]:
    """A merge that is asked for and whose end is not known, or a fast-forward that was none."""
    if isinstance(answer, NotForwarded):
        return _not_forwarded(state, answer.message)
    if isinstance(answer, Pending):
        return replace(state, request=answer.request), pauses.growing(state.steps)
    if isinstance(answer, Lost):
        # It may have happened: nothing is asked for again before a look, and then in the background.
        return replace(state, behind=state.behind or state.sent, sent=False, request=""), Look()
    return state, Follow(state.request)


def _given_up(state: Merging) -> Stop:
    said = f" It last said: {state.last_words}" if state.last_words else ""
    return Stop("refused", f"GitHub did not merge after {state.direct} tries.{said} {AGAIN}")


def _after_refusal(state: Merging, answer: Refused) -> tuple[Merging, Action]:
    state = replace(state, last_words=sentence(answer.message), request="")
    if answer.status in NOT_OFFERED and state.behind != state.sent:
        return _not_offered(state)
    state = replace(state, sent=False)
    # Never merged as it is: it was decided on another base. Of two runs seconds apart, the second merged the diff of
    # the first once more: eight commits of a real history were empty like that.
    if answer.status == CONFLICT or mentions(answer.message, MOVED):
        return state, PlanAgain("the base or our branch moved while the merge was asked for")
    if answer.status != METHOD_NOT_ALLOWED:
        return state, Stop("refused", advice(answer.message, f"GitHub refused the merge: {state.last_words}"))
    if mentions(answer.message, QUEUE):
        if state.mode == "direct":
            return state, Stop("refused", queue_words())
        return state, Enqueue(state.head)
    final = mentions(answer.message, DEMANDED + METHOD)
    # One refusal may name checks and reviews together: checks pass while we wait, a missing review does not come.
    if mentions(answer.message, CHECKS) and not final:
        return _not_yet(state)
    if final or mentions(answer.message, DRAFT + REVIEWS + RULES):
        return state, Stop("refused", advice(answer.message, f"GitHub refused the merge: {state.last_words}"))
    return state, Look()


def _not_offered(state: Merging) -> tuple[Merging, Action]:
    """Stacked pull requests are merged in the background only, and an older GitHub knows nothing of that.

    Where both ways are not there, it is the pull request that is not, or not for this token: asking on changes nothing.
    """
    way: Way = "behind" if state.behind else "directly"
    if state.absent - {way}:
        return state, Stop("refused", advice(state.last_words, f"GitHub refused the merge: {state.last_words}"))
    return replace(state, behind=state.sent, sent=False, absent=frozenset({way})), Look()


def _after_arm_refusal(state: Merging, message: str) -> tuple[Merging, Action]:
    state = replace(state, last_words=sentence(message))
    # Meanwhile nothing required is missing any more, and what could be merged at once is never armed.
    if mentions(message, ("clean status", "unstable status", "rules not configured")):
        return _directly(state)
    if mentions(message, CHECKS) and not mentions(message, METHOD):
        return _not_yet(state)
    # GraphQL may not know yet what REST has just opened.
    if mentions(message, ("correct state", "has_hooks", "could not resolve to a node")):
        return _in_doubt(state)
    if mentions(message, ("already",)):
        return state, Look()
    return state, Stop("refused", advice(message, f"GitHub refused the auto-merge: {state.last_words}"))


def _after_look(state: Merging, seen: Seen) -> tuple[Merging, Action]:
    end = _ended(state, seen)
    if end is not None:
        return state, end
    if seen.failed and seen.status == "BLOCKED":
        # Armed, it would wait for ever, and each night would say that GitHub merges it when its checks pass.
        return state, Stop("refused", failed_words(seen))
    if seen.armed:
        # Armed by an earlier run or by this one, it may still merge while there is time to wait.
        return state, pauses.for_checks(state) if state.waited < state.wait else Stop("armed", armed_words(state, seen))
    # GitHub works it out in the background after each push, and has no answer until then.
    if seen.mergeable == "UNKNOWN" or seen.status == "UNKNOWN":
        return _in_doubt(state)
    if seen.status == "DRAFT":
        return state, Stop("refused", advice("draft", "The pull request is a draft."))
    if seen.status == "BLOCKED":
        return _blocked(state, seen)
    return _directly(state)


def _ended(state: Merging, seen: Seen) -> Stop | PlanAgain | None:
    """Whether it is merged, or no longer what was planned; None while it is."""
    if state.base and seen.base != state.base:
        return PlanAgain("somebody sent the pull request into another branch")
    if seen.state == "MERGED":
        return Stop("merged", state.fell_back, seen.merge_sha)
    if seen.state == "CLOSED":
        return PlanAgain("the pull request was closed or its branch deleted")
    if seen.head != state.head:
        return PlanAgain("somebody pushed to our branch")
    if state.commits and not state.commits.issuperset(seen.commits):
        return PlanAgain("the pull request would bring commits along that are not ours")
    if seen.queued:
        return Stop("queued")
    # BEHIND is said only where the rules want a branch up to date. GitHub's button would merge the base into ours; we
    # plan anew, since what the base holds now may decide otherwise.
    if seen.mergeable == "CONFLICTING" or seen.status in {"DIRTY", "BEHIND"}:
        return PlanAgain("the base moved")
    return None


def _blocked(state: Merging, seen: Seen) -> tuple[Merging, Action]:
    if seen.review in {"REVIEW_REQUIRED", "CHANGES_REQUESTED"}:
        return state, Stop("refused", advice("review", "The base branch demands a review."))
    if state.mode == "direct" and state.waited >= state.wait:
        return state, Stop("refused", unmet_words(state, seen))
    return _not_yet(state)


def _not_yet(state: Merging) -> tuple[Merging, Action]:
    """Required checks are not done: wait while there is time, then leave it to GitHub."""
    if state.waited < state.wait:
        return state, pauses.for_checks(state)
    if state.mode == "direct":
        return state, Stop("refused", unmet_words(state, None))
    if state.armings >= MOST_ARMINGS:
        return state, Stop("refused", f"GitHub took the auto-merge {state.armings} times and forgot it. {AGAIN}")
    return replace(state, armings=state.armings + 1), Arm(state.head)


def _in_doubt(state: Merging) -> tuple[Merging, Action]:
    """GitHub has not worked out yet whether it can merge."""
    if state.doubts >= MOST_LOOKS_IN_DOUBT:
        return _directly(state)
    return replace(state, doubts=state.doubts + 1), pauses.growing(state.doubts)
