"""The first rule that has something to say decides; a change of which none speaks is merged."""

from profile_cd.judgement import judge
from profile_cd.plan import Draft
from tests.judgement.known import BY_ROBOT, CHANGE, NOW, plan_of


def test_a_robots_value_is_replaced_by_something_newer():
    assert plan_of(BY_ROBOT).changes[0].lane == "merge"


def test_a_change_of_which_nothing_is_doubtful_is_merged():
    assert judge(Draft((CHANGE,)), {}, "changed-manifests", NOW).changes == (CHANGE,)
