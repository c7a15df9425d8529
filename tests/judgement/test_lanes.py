"""Which changes of the review lane would end in conflict once the merge lane is merged."""

from dataclasses import replace

import pytest

from profile_cd.judgement import lanes
from profile_cd.model import Change, File, Plan, Snapshot

TEXT = b"a: v1\nb: v1\nc: v1\nd: v1\n"
SNAPSHOT = Snapshot({"v.yaml": File(TEXT), "w.yaml": File(TEXT)})


def change(key, file="v.yaml", lane="merge"):
    return Change("m", "M", ".updatecli/m.yaml", 1, "s:x", "x", file, f"$.{key}", "v1", "v2", "v2", lane=lane)


@pytest.mark.parametrize(
    ("label", "ours", "theirs", "adjoins"),
    [
        ("the same line", change("a"), change("a"), True),
        ("the next line", change("b"), change("a"), True),
        ("a line between them", change("c"), change("a"), False),
        ("another file", change("a", "w.yaml"), change("a"), False),
    ],
)
def test_two_changes_adjoin_where_no_line_between_them_stays(label, ours, theirs, adjoins):
    assert bool(lanes.adjoining([ours], [theirs], SNAPSHOT)) is adjoins, label


def test_what_adjoins_a_waiting_proposal_waits_for_it_and_says_so():
    merged, near, far = change("a"), change("b", lane="review"), change("d", lane="review")

    plan = lanes.hold_back(Plan((merged, near, far)), 7, SNAPSHOT)

    assert plan.changes == (merged, far)
    assert [kept.change for kept in plan.kept] == [near]
    assert "#7" in plan.kept[0].reason
    assert not plan.kept[0].decided


def test_a_value_that_changes_the_number_of_lines_adjoins_everything():
    snapshot = Snapshot({"v.yaml": File(b'a: "v1\n  x"\nb: v1\nc: v1\nd: v1\n')})

    assert lanes.adjoining([change("d")], [replace(change("a"), old="v1 x")], snapshot) == [change("d")]
