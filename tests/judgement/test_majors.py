"""Another major version waits for a person where the manifest wants it."""

import pytest

from profile_cd.model import Policy
from tests.judgement.known import BY_ROBOT, change, facts, plan_of


@pytest.mark.parametrize("review", ["changed-manifests", "none"])
def test_majors_go_to_the_review_lane_where_the_policy_says_so(review):
    major = facts(BY_ROBOT, policy=Policy(major="review"))

    (reviewed,) = plan_of(major, review, change("v1.9.0", "v2.0.0")).changes
    (merged,) = plan_of(major, review, change("v1.9.0", "v1.10.0")).changes

    assert (reviewed.lane, reviewed.major) == ("review", True)
    assert (merged.lane, merged.major) == ("merge", False)
    assert "major" in reviewed.why


def test_majors_are_known_as_such_without_a_policy_and_merged():
    (merged,) = plan_of(BY_ROBOT, of=change("v1.9.0", "v2.0.0")).changes

    assert (merged.lane, merged.major) == ("merge", True)
