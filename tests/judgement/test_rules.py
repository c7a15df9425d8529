"""Which lane a change goes to."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from profile_cd.judgement import Evidence, goes_down, judge
from profile_cd.model import Change
from profile_cd.plan import Draft

NOW = datetime(2025, 6, 1, tzinfo=UTC)

CHANGE = Change("a", "A", ".updatecli/a.yaml", 1, "dockerimage:acme/a", "a", "v.yaml", "$.a", "v1", "v2", "v2")


def judged(evidence, review="changed-manifests"):
    return judge(Draft((CHANGE,)), {CHANGE: evidence}, review, NOW)


def test_a_manifest_that_means_the_same_is_merged():
    assert judged(Evidence("abc")).changes[0].lane == "merge"


def test_a_manifest_that_changed_since_is_reviewed_and_says_since_when_and_what_it_chose():
    (change,) = judged(Evidence("abc", changed="def", chose="v1.5")).changes

    assert change.lane == "review"
    assert "`def`" in change.why
    assert "`v1.5`" in change.why


def test_nothing_is_merged_on_unknown_evidence():
    plan = judged(Evidence(unknown="History gave no answer."))

    assert plan.changes == ()
    assert "History gave no answer." in plan.kept[0].reason


def test_without_review_a_changed_manifest_is_merged():
    assert judged(Evidence("abc", changed="def"), "none").changes == (CHANGE,)


@pytest.mark.parametrize(
    ("label", "old", "new", "version", "down"),
    [
        ("older", "v2.0.0", "v1.9.0", "v1.9.0", True),
        ("newer", "v1.9.0", "v1.10.0", "v1.10.0", False),
        ("a prerelease of the same", "v2.0.0", "v2.0.0-rc.1", "v2.0.0-rc.1", True),
        ("without its v", "2.0.0", "1.9.0", "v1.9.0", True),
        ("inside a reference", "ghcr.io/acme/x:v2.0.0", "ghcr.io/acme/x:v1.0.0", "v1.0.0", True),
        ("inside an address", "https://x/v2.0.0/rules", "https://x/v1.0.0/rules", "v1.0.0", True),
        ("another name around it", "ghcr.io/acme/y:v2.0.0", "ghcr.io/acme/x:v1.0.0", "v1.0.0", False),
        ("no version stands there", "latest", "v1.0.0", "v1.0.0", False),
    ],
)
def test_what_goes_down(label, old, new, version, down):
    assert goes_down(replace(CHANGE, old=old, new=new, version=version)) is down, label


def test_nothing_goes_down_unless_its_manifest_changed():
    lower = replace(CHANGE, old="v3", new="v2")

    plan = judge(Draft((lower,)), {lower: Evidence("abc")}, "changed-manifests", NOW)
    changed = judge(Draft((lower,)), {lower: Evidence("abc", changed="def")}, "changed-manifests", NOW)

    assert plan.changes == ()
    assert "newer than `v2`" in plan.kept[0].reason
    assert changed.changes[0].lane == "review"


def test_a_value_that_this_run_wrote_upon_a_moved_base_is_decided_anew():
    lower = replace(CHANGE, old="v3", new="v2")

    assert judge(Draft((lower,)), {lower: Evidence(raced=True)}, "changed-manifests", NOW).changes == (lower,)


def test_what_a_person_closed_is_kept_and_names_the_pull_request():
    plan = judged(Evidence("abc", closed=3))

    assert plan.changes == ()
    assert "A person closed #3" in plan.kept[0].reason


def test_a_change_of_which_nothing_is_doubtful_is_merged():
    assert judge(Draft((CHANGE,)), {}, "changed-manifests", NOW).changes == (CHANGE,)
