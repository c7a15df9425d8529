"""What a person has just decided anew is looked at by a person."""

from tests.judgement.known import TURNED, plan_of


def test_a_manifest_that_changed_since_is_reviewed_and_says_who_changed_it_from_what_to_what():
    (reviewed,) = plan_of(TURNED).changes

    assert reviewed.lane == "review"
    assert reviewed.commit_url.endswith("a" * 40)
    for part in ("Ada", "Roll a back: it crashes", "`semver ^1.0.0`", "`v1.0.9`", "`semver ^1.1.0`", "`v1.1.0`"):
        assert part in reviewed.why
    assert "closing keeps `v1.0.0`" in reviewed.why


def test_without_review_a_changed_manifest_is_merged():
    assert plan_of(TURNED, "none").changes[0].lane == "merge"
