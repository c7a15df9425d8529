"""What is known of a change, where little is."""

from dataclasses import replace

from profile_cd.judgement import Evidence
from profile_cd.model import NO_POLICY, Policy
from profile_cd.versions import Direction
from tests.judgement.known import BY_ROBOT, CHANGE, facts


def test_a_manifest_that_is_not_known_any_more_wants_nothing_and_compares_nothing():
    nothing = Evidence()

    assert nothing.policy == NO_POLICY
    assert nothing.way(CHANGE) is Direction.UNKNOWN
    assert nothing.lists("v9.9.9")


def test_everything_else_is_what_the_facts_say():
    known = facts(BY_ROBOT, policy=Policy(downgrade="allow"))

    assert known.policy.downgrade == "allow"
    assert known.way(CHANGE) is Direction.UP
    assert known.way(replace(CHANGE, old="v9.0.0")) is Direction.DOWN
