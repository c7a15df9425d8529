"""What is odd about a choice."""

import pytest

from profile_cd import versions
from profile_cd.model import Condition, Order
from profile_cd.versions import Exclusion


@pytest.mark.parametrize(
    ("label", "condition", "candidates"),
    [
        ("any prerelease", Condition("semver", "*-0"), "3.0.0-ci.11 6943991 3.0.0-ci.12"),
        ("the highest release", Condition("latest"), "3.0.0-ci.11 6943991 3.0.0-ci.12"),
        ("a date", Condition("semver", ">=8"), "8.1.0 8.2.0 20250115"),
        ("behind an expression", Condition("regex/semver", regex="^ci-(.*)$"), "ci-3.0.0 ci-6943991"),
        ("by Python's rules", Condition("pep440"), "3.0 6943991"),
    ],
)
def test_a_number_that_may_be_the_name_of_a_commit_is_warned_of(label, condition, candidates):
    (warning,) = versions.doubts(versions.choose(candidates.split(), condition), condition)

    assert "the name of a commit" in warning
    assert "`<1000`" in warning


@pytest.mark.parametrize(
    ("label", "condition", "candidates"),
    [
        ("dates alone", Condition("semver"), "20240115 20250115 latest"),
        ("a short number", Condition("semver"), "7 7.2 8"),
        ("it is not picked", Condition("semver", "<1000"), "3.0.0 6943991"),
        ("nothing is picked", Condition("semver", "^9"), "3.0.0 6943991"),
        ("named", Condition("latest", "6943991"), "3.0.0 6943991"),
        ("letters", Condition("lex"), "3.0.0 6943991"),
    ],
)
def test_other_numbers_are_not(label, condition, candidates):
    assert versions.doubts(versions.choose(candidates.split(), condition), condition) == []


def test_a_number_that_was_created_last_is_not():
    assert versions.doubts(versions.choose(["3.0.0", "6943991"], Condition(), Order.AGE), Condition()) == []


def test_what_is_left_out_by_name_hides_no_doubt():
    condition = Condition("semver", "*", exclude=(Exclusion("2.0.0", "crashes"),))

    assert versions.doubts(versions.choose(["1.0.0", "2.0.0", "6943991"], condition), condition)
