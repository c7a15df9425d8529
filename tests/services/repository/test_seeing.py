"""What a look at a pull request shows of its checks."""

import pytest

from profile_cd.services.repository.seeing import seen


def look(contexts, trouble=""):
    rollup = {"contexts": {"totalCount": len(contexts), "nodes": contexts}} if contexts is not None else None
    node = {
        "state": "OPEN",
        "headRefOid": "a1",
        "baseRefName": "main",
        "mergeable": "MERGEABLE",
        "mergeStateStatus": "BLOCKED",
        "reviewDecision": None,
        "isInMergeQueue": False,
        "autoMergeRequest": None,
        "mergeCommit": None,
        "commits": {"nodes": [{"commit": {"oid": "a1"}}]},
        "last": {"nodes": [{"commit": {"statusCheckRollup": rollup}}]},
    }
    return seen(node, trouble)


def run(name, conclusion, *, required=True):
    return {"__typename": "CheckRun", "name": name, "conclusion": conclusion, "isRequired": required}


def status(name, state, *, required=True):
    return {"__typename": "StatusContext", "context": name, "state": state, "isRequired": required}


@pytest.mark.parametrize(
    ("label", "contexts", "failed"),
    [
        ("none", [], ()),
        ("passed", [run("ci", "SUCCESS")], ()),
        ("running", [run("ci", None)], ()),
        ("failed", [run("ci", "FAILURE"), status("legacy", "ERROR")], ("ci", "legacy")),
        ("not required", [run("lint", "FAILURE", required=False)], ()),
        ("run again and still running", [run("ci", "FAILURE"), run("ci", None)], ()),
        ("run again and passed", [run("ci", "TIMED_OUT"), run("ci", "SUCCESS")], ()),
        ("pending", [status("legacy", "PENDING")], ()),
    ],
)
def test_a_required_check_failed_where_no_other_try_of_it_may_end_well(label, contexts, failed):
    assert look(contexts).failed == failed, label


def test_checks_that_may_not_be_read_are_unknown_and_not_none():
    assert look(None, "Resource not accessible by integration").checks is None
    assert look(None).checks == 0
    assert look([run("ci", None)], "something else").checks == 1
