"""A run in single lines."""

from profile_cd import report
from profile_cd.model import Change, File, Kept, Plan, Problem, Snapshot

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.image.tag", "v1.0.0", "v2.0.0", "v2.0.0",
)  # fmt: skip
PROBLEM = Problem("oracle", ".updatecli/oracle.yaml", 7, "The registry does not answer.")
PLAN = Plan((CHANGE,), (Kept(CHANGE, "said no"),), (PROBLEM,), (PROBLEM,), 41)


def test_the_line_that_existing_workflows_grep_for():
    assert report.grepped(CHANGE) == (
        'key "$.ledger.image.tag" updated from "v1.0.0" to "v2.0.0", in file "values.yaml"'
    )


def test_one_line_sums_up():
    assert report.sum_up(PLAN) == "1 change, 41 up to date, 1 kept, 1 failed, 1 warning."


def test_a_problem_is_shown_at_its_line():
    assert report.at_line(PROBLEM) == ".updatecli/oracle.yaml:7: The registry does not answer."


def test_a_diff_shows_the_changed_line():
    snapshot = Snapshot({"values.yaml": File(b"a: v1\nb: x\n")})

    assert "+a: v2" in report.diff(snapshot, {"values.yaml": b"a: v2\nb: x\n"})
