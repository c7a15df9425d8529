"""Nothing goes down by accident."""

from profile_cd.judgement import Keep, Review
from profile_cd.model import Policy
from tests.judgement.known import BLIND, BY_ROBOT, RACED, TURNED, facts, said, unlisted


def test_nothing_goes_down_unless_its_manifest_changed():
    assert isinstance(said("v1.2.0", "v1.1.0", BY_ROBOT), Keep)
    assert isinstance(said("v1.2.0", "v1.1.0", TURNED), Review)


def test_nothing_goes_down_where_there_is_no_history():
    assert isinstance(said("v1.2.0", "v1.1.0", BLIND), Keep)
    assert isinstance(said("v1.2.0", "v1.1.0", unlisted(BLIND, "v1.1.0")), Keep)
    assert said("v1.0.0", "v1.1.0", BLIND) is None


def test_a_policy_may_allow_to_go_down():
    assert said("v1.2.0", "v1.1.0", facts(unlisted(BY_ROBOT, "v1.1.0"), policy=Policy(downgrade="allow"))) is None


def test_a_value_that_this_run_wrote_upon_a_moved_base_is_decided_anew():
    assert said("v1.2.0", "v1.1.0", RACED) is None


def test_one_of_several_values_under_one_key_that_would_go_down_holds_all():
    assert isinstance(said("v0.9.0, v2.0.0", "v1.0.0", BY_ROBOT), Keep)
