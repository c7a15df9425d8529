"""What cannot be compared is not merged."""

from dataclasses import replace

import pytest

from profile_cd.judgement import Keep, Review
from profile_cd.model import Condition, Policy, SourceUse
from profile_cd.versions import Direction, choose
from tests.judgement.known import BLIND, BY_ROBOT, RACED, TURNED, USE, change, facts, said


@pytest.mark.parametrize("evidence", [BY_ROBOT, BLIND])
def test_what_is_no_version_stays_and_says_what_releases_it(evidence):
    found = said("main", "v1.1.0", evidence)

    assert isinstance(found, Keep)
    assert "`main`" in found.reason
    assert "`v1.1.0`" in found.reason
    assert "downgrade: allow" in found.release


def test_a_hash_after_a_hash_is_not_known_to_be_newer():
    use = SourceUse("s", 1, USE.source, Condition("regex", "^main-"))
    evidence = facts(BY_ROBOT, use=use, choice=choose(["main-1a2b3c", "main-d4e5f6"], use.condition))

    assert isinstance(said("main-1a2b3c", "main-d4e5f6", evidence), Keep)


@pytest.mark.parametrize(
    ("label", "evidence"),
    [
        ("a policy allows it", facts(BY_ROBOT, policy=Policy(downgrade="allow"))),
        ("this run wrote it itself", RACED),
        ("the manifest itself fixes the value", facts(BY_ROBOT, fixed=True)),
    ],
)
def test_it_is_merged_where(label, evidence):
    assert said("main", "v1.1.0", evidence) is None


def test_a_manifest_that_changed_since_is_reviewed():
    assert isinstance(said("main", "v1.1.0", TURNED), Review)


def test_the_commit_of_a_release_is_compared_as_its_release():
    use = SourceUse("s", 1, USE.source, Condition("semver"))
    given = {(use.source, "v1.0.0"): "aaa", (use.source, "v1.1.0"): "bbb"}
    choice = choose(["v1.0.0", "v1.1.0"], use.condition)
    evidence = facts(BY_ROBOT, use=use, choice=choice, given=given)
    up = replace(change("aaa", "bbb"), version="v1.1.0")
    down = replace(change("bbb", "aaa"), version="v1.0.0")

    assert evidence.way(up) is Direction.UP
    assert evidence.way(down) is Direction.DOWN
