"""Which lane a change goes to."""

from dataclasses import replace

import pytest

from profile_cd.judgement import Evidence, Meanings
from profile_cd.judgement import rules as policy
from profile_cd.model import Change
from profile_cd.plan import Draft

CHANGE = Change("a", "A", ".updatecli/a.yaml", 1, "dockerimage:acme/a", "a", "v.yaml", "$.a", "v1", "v2", "v2")


def judged(evidence, review="changed-manifests"):
    return policy.judge(Draft((CHANGE,)), {CHANGE: evidence}, review)


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
    assert policy.goes_down(replace(CHANGE, old=old, new=new, version=version)) is down, label


def test_nothing_goes_down_unless_its_manifest_changed():
    lower = replace(CHANGE, old="v3", new="v2")

    plan = policy.judge(Draft((lower,)), {lower: Evidence("abc")}, "changed-manifests")
    changed = policy.judge(Draft((lower,)), {lower: Evidence("abc", changed="def")}, "changed-manifests")

    assert plan.changes == ()
    assert "newer than `v2`" in plan.kept[0].reason
    assert changed.changes[0].lane == "review"


@pytest.mark.parametrize(
    ("label", "meanings", "message", "names", "changed"),
    [
        ("nothing changed", Meanings("m", "m", "m"), "ledger v1", ["Ada"], None),
        ("the condition changed since", Meanings("n", "m", "m"), "ledger v1", ["Ada"], "mani"),
        ("there was no manifest then", Meanings("m", None, None), "ledger v1", ["Ada"], "mani"),
        ("a person wrote both together", Meanings("m", "m", None), "set up ledger", ["Ada"], "wrot"),
        ("a robot of old wrote both", Meanings("m", "m", None), "Update", ["github-actions[bot]"], None),
        ("we wrote both", Meanings("m", "m", None), "x\n\nProfile-CD: run", ["Ada"], None),
        ("a trailer in running text is none", Meanings("m", "m", None), "see Profile-CD: x", ["Ada"], "wrot"),
    ],
)
def test_what_counts_as_changed_since(label, meanings, message, names, changed):
    found = policy.evidence(
        meanings,
        writer="wrot",
        message=message,
        names=names,
        manifest_commit="mani",
        machines=("github-actions[bot]",),
    )

    assert found.changed == changed, label


def test_what_is_kept_leaves_the_changes():
    plan = policy.keep(judged(Evidence("abc")), {CHANGE: "a person closed #3"})

    assert plan.changes == ()
    assert plan.kept[0].reason == "a person closed #3"
