"""Conditions that read an age out of a registry's list are warned of, and no others."""

import pytest

from profile_cd.model import Condition
from profile_cd.sources.registry import unordered


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("latest"), "highest release"),
        (Condition("latest", "latest"), "highest release"),
        (Condition("regex", "^v"), "`9` behind `10`"),
    ],
)
def test_what_goes_by_the_order_is_warned_of(condition, words):
    (warning,) = unordered(condition)

    assert words in warning


@pytest.mark.parametrize(
    "condition",
    [
        Condition("latest", "1.0.0"),
        Condition("semver", "*"),
        Condition("regex/semver", "*", regex="(.*)"),
        Condition("lex"),
        Condition("pep440", ">=1"),
    ],
)
def test_what_orders_versions_itself_is_not(condition):
    assert unordered(condition) == ()
