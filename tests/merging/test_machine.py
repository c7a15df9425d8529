"""Every state and answer of the merge, as plain calls."""

from dataclasses import replace

import pytest

from profile_cd import merging
from profile_cd.merging import (
    Arm,
    Armed,
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
    Wait,
    Waited,
)

HEAD = "a" * 40
READY = Merging(HEAD)
OPEN = Seen("OPEN", HEAD, "MERGEABLE", "CLEAN")


def action(answer, state=READY):
    return merging.after(state, answer)[1]


def seen(**fields):
    return replace(OPEN, **fields)


def test_the_first_thing_is_a_direct_merge_of_the_planned_head():
    assert action(Start()) == MergeDirectly(HEAD)


def test_a_direct_merge_that_happened_is_the_end():
    assert action(Merged("b" * 40)) == Stop("merged", sha="b" * 40)


@pytest.mark.parametrize(
    ("label", "answer", "expected"),
    [
        ("the base moved", Refused(405, "Base branch was modified. Review and try the merge again."), PlanAgain),
        ("our head moved", Refused(409, "Head branch was modified. Review and try the merge again."), PlanAgain),
        ("GitHub does not know yet", Refused(405, "Pull Request is not mergeable"), Look),
        ("unheard-of words are looked into", Refused(405, "Something new"), Look),
        ("a required check is missing", Refused(405, 'Required status check "ci" is expected.'), Arm),
        ("checks are missing", Refused(405, "2 of 2 required status checks are expected."), Arm),
        ("a merge queue", Refused(405, "Changes must be made through the merge queue"), Enqueue),
        ("a lost answer is looked into", Lost(), Look),
        ("armed is looked into", Armed(), Look),
        ("a queue that waits for checks is armed", ArmRefused('Required status check "ci" is expected.'), Arm),
        ("a base without rules is merged into", ArmRefused("Protected branch rules not configured"), MergeDirectly),
        ("a check may be called review", Refused(405, 'Required status check "review" is expected.'), Arm),
        ("clean status goes back to merging", ArmRefused("Pull request is in clean status"), MergeDirectly),
        ("unstable status too", ArmRefused("Pull request is in unstable status"), MergeDirectly),
        ("a state in between is waited for", ArmRefused("not in the correct state to enable auto-merge"), Wait),
        ("clean", OPEN, MergeDirectly),
        ("an optional check failed", seen(status="UNSTABLE"), MergeDirectly),
        ("hooks", seen(status="HAS_HOOKS"), MergeDirectly),
        ("not worked out yet", seen(mergeable="UNKNOWN", status="UNKNOWN"), Wait),
        ("a conflict", seen(mergeable="CONFLICTING", status="DIRTY"), PlanAgain),
        ("behind the base", seen(status="BEHIND"), PlanAgain),
        ("somebody pushed to our branch", seen(head="c" * 40), PlanAgain),
        ("closed under us", seen(state="CLOSED"), PlanAgain),
        ("blocked by checks", seen(status="BLOCKED"), Arm),
        ("time passed", Waited(1.0), Look),
        ("GitHub does not know it yet", Unknown(), Wait),
        ("nor when it is armed", ArmRefused("Could not resolve to a node with the global id of 'PR_1'"), Wait),
        (
            "code scanning is not done, which is no rule",
            Refused(
                405,
                "Repository rule violations found\n\nCode scanning is waiting for results from CodeQL.",
            ),
            Arm,
        ),
    ],
)
def test_what_comes_next(label, answer, expected):
    assert isinstance(action(answer), expected), label


@pytest.mark.parametrize(
    ("label", "answer", "ending", "words"),
    [
        ("merged meanwhile", seen(state="MERGED", merge_sha="d"), "merged", ""),
        ("armed", seen(armed=True, status="BLOCKED"), "armed", "when its checks pass"),
        ("queued", seen(queued=True), "queued", ""),
        ("a draft", seen(status="DRAFT"), "refused", "ready"),
        ("a review is missing", seen(status="BLOCKED", review="REVIEW_REQUIRED"), "refused", "Approve"),
        ("a review said no", seen(status="BLOCKED", review="CHANGES_REQUESTED"), "refused", "Approve"),
        (
            "a review among a ruleset's demands",
            Refused(
                405,
                "Repository rule violations found\n\nAt least 1 approving review is required.\n\n"
                'Required status check "ci" is expected.',
            ),
            "refused",
            "Approve",
        ),
        ("reviews", Refused(405, "At least 1 approving review is required."), "refused", "Approve"),
        ("rules", Refused(405, "Repository rule violations found"), "refused", "exception"),
        ("merge commits", Refused(405, "Merge commits are not allowed on this repository."), "refused", "merge-method"),
        (
            "linear history",
            Refused(405, "This branch must not contain merge commits."),
            "refused",
            "squash` or `rebase",
        ),
        (
            "linear history beside a check",
            Refused(
                405,
                "Repository rule violations found\n\nThis branch must not contain merge commits.\n\n"
                'Required status check "ci" is expected.',
            ),
            "refused",
            "squash` or `rebase",
        ),
        (
            "merge commits, said to the auto-merge",
            ArmRefused("Merge commits are not allowed on this repository."),
            "refused",
            "merge-method",
        ),
        (
            "a required check failed",
            seen(status="BLOCKED", armed=True, failed=("ci",), checks=1),
            "refused",
            "`ci` failed",
        ),
        ("the method", Refused(405, "Squash merges are not allowed on this repository."), "refused", "merge-method"),
        ("a draft, said by the merge", Refused(405, "Pull Request is still a draft"), "refused", "ready"),
        ("permissions", Refused(403, "Resource not accessible by integration"), "refused", "pull-requests: write"),
        ("gone", Refused(404, "Not Found"), "refused", "Not Found"),
        ("invalid", Refused(422, "Validation Failed"), "refused", "Validation Failed"),
        (
            "no auto-merge, in recorded words",
            ArmRefused("Pull request Auto merge is not allowed for this repository"),
            "refused",
            "Allow auto-merge",
        ),
    ],
)
def test_where_it_ends(label, answer, ending, words):
    end = action(answer)

    assert isinstance(end, Stop), label
    assert end.ending == ending
    assert words in end.words


def test_an_auto_merge_that_never_holds_ends_after_three_times():
    state, asked = READY, []
    answer = Refused(405, 'Required status check "ci" is expected.')
    while True:
        state, step = merging.after(state, answer)
        asked.append(step)
        if isinstance(step, Stop):
            break
        answer = Armed() if isinstance(step, Arm) else seen(status="BLOCKED")

    assert sum(isinstance(each, Arm) for each in asked) == merging.MOST_ARMINGS
    assert step.ending == "refused"
    assert "forgot" in step.words


def test_direct_mode_never_arms_and_says_what_is_missing():
    direct = Merging(HEAD, mode="direct", default_token=True)

    end = action(seen(status="BLOCKED"), direct)

    assert isinstance(end, Stop)
    assert end.ending == "refused"
    assert "No check has started" in end.words
    assert "merge-token" in end.words


def test_direct_mode_does_not_enter_a_queue():
    assert isinstance(action(Refused(405, "merge queue"), Merging(HEAD, mode="direct")), Stop)


def test_required_checks_are_waited_for_while_there_is_time_and_then_left_to_github():
    state = Merging(HEAD, wait=7)
    state, first = merging.after(state, seen(status="BLOCKED"))
    assert first == Wait(5.0)
    state, _ = merging.after(state, Waited(5.0))
    state, second = merging.after(state, seen(status="BLOCKED"))
    assert second == Wait(2.0)
    state, _ = merging.after(state, Waited(2.0))

    assert merging.after(state, seen(status="BLOCKED"))[1] == Arm(HEAD)


def test_armed_with_the_default_token_says_that_the_merge_starts_no_workflow():
    end = action(seen(armed=True, status="BLOCKED"), Merging(HEAD, default_token=True))

    assert "starts no workflow" in end.words
    assert "No check has started" in end.words


def test_checks_that_run_are_not_called_never_started():
    end = action(seen(armed=True, status="BLOCKED", checks=2), Merging(HEAD, default_token=True))

    assert "No check has started" not in end.words


@pytest.mark.parametrize(
    ("label", "answers"),
    [
        ("GitHub never finds out", [seen(mergeable="UNKNOWN", status="UNKNOWN"), Waited(1.0)]),
        ("a merge that is refused and clean for ever", [Refused(405, "Pull Request is not mergeable"), OPEN]),
        ("an arm that is clean for ever", [Refused(405, "required status check"), ArmRefused("clean status")]),
        ("an answer that is always lost", [Lost(), OPEN]),
    ],
)
def test_every_way_is_bounded(label, answers):
    state, last = merging.after(READY, Start())
    for count in range(200):
        if isinstance(last, Stop):
            break
        state, last = merging.after(state, answers[count % len(answers)])

    assert isinstance(last, Stop), label
    assert last.ending == "refused"
    assert "next run" in last.words


# What was open before this run


KNOWN = Merging(HEAD, base="main", commits=frozenset({HEAD, "d" * 40}), look_first=True)


def test_what_was_open_before_is_looked_at_before_it_is_merged():
    assert action(Start(), KNOWN) == Look()
    assert action(seen(base="main", commits=(HEAD,)), KNOWN) == MergeDirectly(HEAD)


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("it goes into another branch", {"base": "stage", "commits": (HEAD,)}),
        ("it was merged into another branch", {"base": "stage", "state": "MERGED"}),
        ("it brings somebody's commits along", {"base": "main", "commits": ("e" * 40, HEAD)}),
        ("it is behind", {"base": "main", "commits": (HEAD,), "status": "BEHIND", "armed": True}),
    ],
)
def test_what_is_no_longer_as_it_was_looked_at_is_planned_again(label, fields):
    assert isinstance(action(seen(**fields), KNOWN), PlanAgain), label


def test_what_an_earlier_run_armed_is_waited_for_while_there_is_time():
    state = Merging(HEAD, wait=30)

    assert action(seen(armed=True, status="BLOCKED"), state) == Wait(5.0)
    assert isinstance(action(seen(armed=True, status="BLOCKED"), replace(state, waited=30.0)), Stop)


def test_waiting_is_bounded_by_its_seconds_and_not_by_a_number_of_looks():
    state, step = merging.after(Merging(HEAD, wait=600), Refused(405, 'Required status check "ci" is expected.'))
    waits = 0
    while isinstance(step, Wait):
        waits += 1
        state, step = merging.after(state, Waited(step.seconds))
        state, step = merging.after(state, seen(status="BLOCKED"))

    assert state.waited == 600
    assert waits < 60
    assert step == Arm(HEAD)


def test_checks_that_the_token_may_not_read_are_not_called_never_started():
    for end in (
        action(seen(armed=True, status="BLOCKED", checks=None), Merging(HEAD, default_token=True)),
        action(seen(status="BLOCKED", checks=None), Merging(HEAD, mode="direct", default_token=True)),
    ):
        assert isinstance(end, Stop)
        assert "No check has started" not in end.words


# A fast-forward

FORWARDS = replace(READY, fast_forward=True)


def test_the_base_is_moved_to_the_planned_commit_itself():
    assert action(Start(), FORWARDS) == Forward(HEAD)
    assert action(Merged(HEAD), FORWARDS) == Stop("merged", sha=HEAD)


def test_a_base_that_moved_is_planned_on_again_and_never_merged_into():
    assert isinstance(action(NotForwarded("Update is not a fast forward"), FORWARDS), PlanAgain)


def test_where_rules_forbid_a_fast_forward_squash_is_used_and_said():
    state, first = merging.after(FORWARDS, NotForwarded("Changes must be made through a pull request."))
    end = action(Merged("b" * 40), state)

    assert first == MergeDirectly(HEAD)
    assert "squash" in end.words
    assert "through a pull request" in end.words


def test_a_lost_answer_to_a_fast_forward_is_looked_into():
    assert action(Lost(), FORWARDS) == Look()


# A merge in the background


def test_a_merge_whose_answer_is_lost_is_looked_at_and_then_asked_for_in_the_background():
    state, _ = merging.after(READY, Start())
    state, look = merging.after(state, Lost())
    _, behind = merging.after(state, OPEN)

    assert (look, behind) == (Look(), MergeBehind(HEAD))


def test_what_the_look_finds_merged_is_not_merged_again():
    state, _ = merging.after(READY, Start())
    state, _ = merging.after(state, Lost())

    assert merging.after(state, seen(state="MERGED", merge_sha="d"))[1] == Stop("merged", sha="d")


def test_a_merge_in_the_background_is_followed_by_its_name_until_it_ends():
    state, waits = merging.after(replace(READY, behind=True), Pending("u-1"))
    state, follows = merging.after(state, Waited(1.0))

    assert isinstance(waits, Wait)
    assert follows == Follow("u-1")
    assert merging.after(state, Merged("d"))[1] == Stop("merged", sha="d")


def test_where_the_direct_merge_is_not_offered_the_background_is_tried_once():
    state, _ = merging.after(READY, Start())
    state, look = merging.after(state, Refused(404, "Not Found"))
    state, behind = merging.after(state, OPEN)
    state, _ = merging.after(state, Refused(404, "Not Found"))

    assert (look, behind) == (Look(), MergeBehind(HEAD))


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize(("forward", "writes"), [(False, [MergeDirectly, MergeBehind]),
                                                 (True, [Forward, MergeDirectly, MergeBehind])])  # fmt: skip
def test_a_pull_request_that_cannot_be_merged_in_either_way_is_given_up_after_one_try_of_each(status, forward, writes):
    state, answer, actions = Merging(HEAD, fast_forward=forward), Start(), []
    while not actions or not isinstance(actions[-1], Stop):
        state, next_action = merging.after(state, answer)
        actions.append(next_action)
        refused = NotForwarded("Not Found") if isinstance(next_action, Forward) else Refused(status, "Not Found")
        answer = OPEN if isinstance(next_action, Look) else refused

    assert [type(each) for each in actions if not isinstance(each, Look)] == [*writes, Stop]
    assert len(actions) == len(writes) + 2
    assert actions[-1].ending == "refused"
    assert "Not Found" in actions[-1].words


def test_a_lost_direct_merge_is_asked_for_again_where_nothing_happens_in_the_background():
    state, _ = merging.after(READY, Start())
    state, _ = merging.after(state, Lost())
    state, _ = merging.after(state, OPEN)
    state, _ = merging.after(state, Refused(404, "Not Found"))

    assert merging.after(state, OPEN)[1] == MergeDirectly(HEAD)
