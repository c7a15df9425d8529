"""Nothing is merged on unknown evidence."""

from profile_cd.judgement import Evidence
from tests.judgement.known import plan_of


def test_nothing_is_merged_on_unknown_evidence():
    plan = plan_of(Evidence(unknown="History gave no answer."))

    assert plan.changes == ()
    assert "History gave no answer." in plan.kept[0].reason
    assert not plan.kept[0].decided
