"""A list that came back short is a failure."""

from profile_cd.judgement import Review
from tests.judgement.known import BY_ROBOT, TURNED, change, plan_of, said, unlisted


def test_a_list_that_lost_the_version_in_use_is_a_failure_at_the_manifest_s_line():
    plan = plan_of(unlisted(BY_ROBOT, "v17.0.16"), of=change("v17.1.0", "v17.0.16"))

    assert not plan.kept
    assert (plan.failures[0].path, plan.failures[0].line) == (".updatecli/a.yaml", 1)
    assert "no longer lists `v17.1.0`" in plan.failures[0].reason


def test_a_higher_choice_is_written_although_the_version_in_use_is_not_listed():
    assert said("v17.1.0", "v17.2.0", unlisted(BY_ROBOT, "v17.2.0")) is None


def test_a_short_list_whose_manifest_changed_is_the_person_s_wish():
    assert isinstance(said("v17.1.0", "v17.0.16", unlisted(TURNED, "v17.0.16")), Review)
