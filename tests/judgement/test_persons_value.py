"""What a person wrote is never undone."""

from dataclasses import replace

import pytest

from profile_cd.judgement import Keep, Review
from profile_cd.model import Policy
from tests.judgement.known import ADA, BY_ADA, BY_ROBOT, TURNED, change, facts, plan_of, said, unlisted


def test_a_person_s_rollback_is_not_undone():
    kept = plan_of(replace(BY_ADA, replaced=("v1.1.0",))).kept[0]

    assert (kept.by, kept.at, kept.commit) == ("Ada", ADA.at, ADA.commit)
    assert kept.url == f"https://github.com/acme/profile/commit/{ADA.commit}"
    assert "newer than `v1.1.0`" in kept.release
    assert "Roll a back: it crashes" in kept.reason


def test_something_newer_than_what_the_person_took_away_releases_it():
    assert said("v1.0.0", "v1.1.1", replace(BY_ADA, replaced=("v1.1.0",))) is None


def test_an_older_one_than_what_the_person_took_away_does_not_release_it():
    assert isinstance(said("v1.0.0", "v1.0.5", replace(BY_ADA, replaced=("v1.1.0",))), Keep)


def test_a_rollback_in_two_steps_is_still_a_no_to_what_the_robot_had_written():
    found = said("v1.0.1", "v1.1.0", replace(BY_ADA, replaced=("v1.0.0", "v1.1.0")))

    assert isinstance(found, Keep)
    assert "`v1.1.0`" in found.release


def test_a_manifest_that_changes_in_meaning_ends_the_hold():
    turned = replace(BY_ADA, replaced=("v1.1.0",), turn=TURNED.turn)

    assert isinstance(said("v1.0.0", "v1.1.0", turned), Review)


@pytest.mark.parametrize(
    ("label", "old", "new", "kept"),
    [
        ("a step ahead stays", "v1.2.0", "v1.1.0", True),
        ("until something newer", "v1.2.0", "v1.3.0", False),
        ("a prerelease ahead stays", "6.6.0-snapshot.0", "6.5.0", True),
        ("outside the condition, nothing goes down", "v2.0.0", "v1.9.0", True),
        ("outside the condition, something newer goes up", "v0.9.0", "v1.0.0", False),
        ("a branch name stays", "main", "v1.1.0", True),
    ],
)
def test_what_a_person_typed_is_kept_until_something_newer_than_it(label, old, new, kept):
    found = said(old, new, BY_ADA)

    assert isinstance(found, Keep) is kept, label


def test_a_branch_name_is_released_by_the_manifest_alone():
    assert said("main", "v1.1.0", BY_ADA).release == "the manifest changes"


def test_a_typed_version_that_the_registry_does_not_list_is_kept_with_a_warning():
    plan = plan_of(unlisted(BY_ADA, "v1.1.0"), of=change("v1.2.0", "v1.1.0"))

    assert plan.kept
    assert "does not list `v1.2.0`" in plan.warnings[0].reason
    assert not plan.failures


def test_a_robot_s_branch_name_stays_because_nobody_knows_which_is_newer():
    assert isinstance(said("main", "v1.1.0", BY_ROBOT), Keep)


def test_a_policy_that_allows_to_go_down_does_not_undo_a_person():
    assert isinstance(said("v1.2.0", "v1.1.0", facts(BY_ADA, policy=Policy(downgrade="allow"))), Keep)
