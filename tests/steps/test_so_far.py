"""What stays done when everything is planned again, and what does not."""

from dataclasses import replace

from profile_cd.model import Change, Plan
from profile_cd.proposal import Contents, Origin
from profile_cd.report import Outcome
from profile_cd.services.repository import Uncertain
from profile_cd.steps.so_far import Attempt, Merged, SoFar, refused, words_of

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.tag", "v1", "v2", "v2",
)  # fmt: skip
END = Outcome("merged", 7, merge_sha="c0ffee", on="base")
MERGED = Merged(END, Contents("merge", (CHANGE,), Plan((CHANGE,)), Origin("https://run")), {}, planned_on="base")


def test_a_merge_stays_reported_when_the_next_attempt_finds_nothing_to_do():
    so_far = SoFar().after(Attempt(merge=END, merged=MERGED, again="somebody pushed"))

    assert so_far.merge_lane(Attempt()) == END


def test_a_later_merge_is_reported_instead_of_an_earlier_one():
    second = replace(END, number=8)
    so_far = SoFar((MERGED,)).after(Attempt(merge=second, merged=replace(MERGED, outcome=second)))

    assert so_far.merge_lane(Attempt(merge=second)).number == 8
    assert [each.outcome.number for each in so_far.merged] == [7, 8]


def test_what_was_merged_on_the_planned_base_is_not_decided_again():
    assert SoFar().after(Attempt(merged=MERGED)).to_decide_again == frozenset()


def test_what_was_merged_on_a_base_that_had_just_moved_is_decided_again():
    elsewhere = replace(MERGED, planned_on="another")

    assert SoFar().after(Attempt(merged=elsewhere)).to_decide_again == {("values.yaml", "$.ledger.tag")}


def test_a_pull_request_that_a_race_closed_is_known_for_the_rest_of_the_run():
    so_far = SoFar().after(Attempt(again="closed", under_way=7)).after(Attempt())

    assert so_far.raced == {7}


def test_a_failure_is_reported_beside_a_merge_and_never_instead_of_it():
    so_far = SoFar((MERGED,))

    assert refused(so_far, Attempt(), "GitHub is down.").review.words == "GitHub is down."
    assert refused(SoFar(), Attempt(), "GitHub is down.").merge.words == "GitHub is down."
    assert so_far.merge_lane(refused(so_far, Attempt(), "GitHub is down.")) == END


def test_a_lost_answer_says_that_the_next_run_looks():
    assert "next run looks" in words_of(Uncertain("ReadTimeout"))
