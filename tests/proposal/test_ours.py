"""Which pull request a lane keeps up to date, which are left to people, and which branch a new one comes from."""

from dataclasses import replace

import pytest

from profile_cd import proposal
from profile_cd.proposal import Found, Place, Proposed, PullRequest, Ref, marks

PREFIX = "profile-cd"
COMMIT = Ref("new", "tree", ("ba5e",))


def pull(number, branch="profile-cd/update", state="OPEN", head="a1", commits=None, names=("0123",)):
    text = f"{marks.made([head])}\n{marks.proposes(names)}"
    seen = tuple(Proposed(oid, ("ba5e",)) for oid in (commits or [head]))
    return PullRequest("id", number, "url", "title", text, state, branch, seen[-1].oid, commits=seen)


@pytest.mark.parametrize(
    ("branch", "lane"),
    [
        ("profile-cd/update", "merge"),
        ("profile-cd/update-2", "merge"),
        ("profile-cd/review-17", "review"),
        ("profile-cd/update-x", None),
        ("profile-cd/updates", None),
        ("profile-cdx/update", None),
        ("profile-cd/review/x", None),
    ],
)
def test_a_branch_belongs_to_the_lane_that_it_is_called_by(branch, lane):
    assert proposal.lane_of(branch, PREFIX) == lane


def test_the_oldest_of_ours_is_kept_up_to_date_and_what_is_foreign_is_left_to_people():
    found = Found((pull(4, "profile-cd/update-3"), pull(3, "profile-cd/update-2"), pull(2, commits=["a1", "x"])))

    standing = proposal.standing(found, "merge", PREFIX)

    assert (standing.open.number, [each.number for each in standing.further]) == (3, [4])
    assert [each.number for each in standing.foreign] == [2]
    assert proposal.standing(found, "review", PREFIX) == proposal.Standing()


def test_what_a_foreign_one_proposes_is_held_and_what_ours_proposes_is_not():
    found = Found((pull(2, commits=["a1", "x"], names=("aa", "bb")), pull(1, names=("cc",))))

    assert {name: each.number for name, each in proposal.held(found).items()} == {"aa": 2, "bb": 2}


def test_a_new_one_comes_from_the_first_name_that_is_free():
    refs = {"profile-cd/update": Ref("somebody")}

    assert proposal.place(Found(), "merge", PREFIX, COMMIT) == Place("profile-cd/update")
    assert proposal.place(Found(refs=refs), "merge", PREFIX, COMMIT) == Place("profile-cd/update-2")


def test_a_branch_of_which_a_pull_request_of_ours_ended_is_used_again_from_where_it_stands():
    found = Found((pull(1, state="CLOSED"),), {"profile-cd/update": Ref("a1")})

    assert proposal.place(found, "merge", PREFIX, COMMIT) == Place("profile-cd/update", "a1")


def test_a_branch_that_moved_since_its_pull_request_ended_is_somebody_s():
    found = Found((pull(1, state="MERGED"),), {"profile-cd/update": Ref("b2")})

    assert proposal.place(found, "merge", PREFIX, COMMIT).branch == "profile-cd/update-2"


def test_the_branch_of_a_run_that_was_killed_before_it_opened_one_is_known_by_what_it_holds():
    found = Found(refs={"profile-cd/update": Ref("left", "tree", ("ba5e",))})

    assert proposal.place(found, "merge", PREFIX, COMMIT) == Place("profile-cd/update", "left")


def test_a_branch_from_which_somebody_goes_elsewhere_is_not_touched():
    found = Found((pull(1, state="CLOSED"),), {"profile-cd/update": Ref("a1")}, frozenset({"profile-cd/update"}))

    assert proposal.place(found, "merge", PREFIX, COMMIT).branch == "profile-cd/update-2"


def test_where_every_name_is_taken_there_is_no_place_and_none_is_overwritten():
    names = ["profile-cd/update", *(f"profile-cd/update-{number}" for number in range(2, 21))]

    assert proposal.place(Found(refs=dict.fromkeys(names, Ref("x"))), "merge", PREFIX, COMMIT) is None


def test_only_what_a_run_was_to_delete_is_left_behind():
    refs = {
        "profile-cd/update": Ref("a1"),
        "profile-cd/update-2": Ref("b2"),
        "profile-cd/update-3": Ref("c3"),
        "profile-cd/review": Ref("d4"),
    }
    ours = pull(1, "profile-cd/update", "CLOSED", "a1")
    found = Found(
        (
            pull(4, "profile-cd/review", "MERGED", "d4"),
            pull(3, "profile-cd/update-3", "CLOSED", "c3"),
            pull(2, "profile-cd/update-2", "MERGED", "b1"),
            replace(ours, body=marks.closed(ours.body, "nothing is left")),
        ),
        refs,
    )

    assert proposal.left_behind(found, "merge", PREFIX) == {"profile-cd/update": "a1"}
    assert proposal.left_behind(found, "review", PREFIX) == {"profile-cd/review": "d4"}
