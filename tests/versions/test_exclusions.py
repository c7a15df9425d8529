"""Versions that a manifest leaves out by name."""

import pytest

from profile_cd.versions import Condition, Exclusion, choose

ROGUE = (Exclusion("v1.0.0-snapshot.100", "published by mistake"),)


@pytest.mark.parametrize("kind", ["semver", "latest", "lex"])
def test_a_rogue_tag_is_left_out_and_the_verdict_says_why(kind):
    listed = ["v1.0.0-snapshot.100", "v1.0.0-snapshot.27"]
    pattern = "*-0" if kind == "semver" else ""

    found = choose(listed, Condition(kind, pattern, exclude=ROGUE))

    assert found.picked == "v1.0.0-snapshot.27"
    assert "published by mistake" in {each.version: each.reason for each in found.verdicts}[listed[0]]


def test_a_version_is_meant_with_or_without_its_v_and_no_other():
    found = choose(["1.0.0-snapshot.100", "1.0.0-snapshot.1000"], Condition("semver", "*-0", exclude=ROGUE))

    assert found.picked == "1.0.0-snapshot.1000"
    assert not found.verdicts[1].taken


def test_another_reason_is_no_other_condition():
    assert Condition("semver", exclude=ROGUE) == Condition(
        "semver", exclude=(Exclusion("v1.0.0-snapshot.100", "a mistake"),)
    )
