"""Specifiers of PEP 440: what can never be right is refused."""

import pytest

from profile_cd.errors import BadCondition
from profile_cd.versions.specifiers import alternatives, parse, public


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("^1.0", "`>=1.2,<2`"),
        (">=1,,<2", "`>=1,,<2`"),
        ("1 ||", "PEP 440"),
        ("~=4", "two numbers at least: `~=4.0`"),
        (">=1.*", "only `==` and `!=` take a `.*`"),
        (">=1+cpu", "local version"),
        ("==1.dev1.*", "no dev or local version"),
        (">=" + "9" * 5000, "no version that can be compared"),
    ],
)
def test_what_is_no_specifier_is_refused_with_the_reason(pattern, words):
    with pytest.raises(BadCondition) as caught:
        alternatives(pattern)

    assert words in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_pattern_is_alternatives_of_specifiers():
    found = alternatives(">=1.2 <1.9 || ==2.*,!=2.5")

    assert [[(each.operator, each.text) for each in group] for group in found] == [
        [(">=", "1.2"), ("<", "1.9")],
        [("==", "2.*"), ("!=", "2.5")],
    ]


def test_a_version_without_its_local_part():
    version = parse("2.6.0+cpu")

    assert version is not None
    assert str(public(version)) == "2.6.0"
    assert parse("3.0-alpine") is None
