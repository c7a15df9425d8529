"""Counting up, and back down."""

import itertools

import pytest

from profile_cd.errors import BadCondition
from profile_cd.transformers.increments import decreased, increased
from profile_cd.versions import parse

RULES = ["major", "minor", "patch", "minor,patch", "major,minor,patch", "patch,patch"]


@pytest.mark.parametrize(
    ("rules", "value", "expected"),
    [
        ("major", "v1.2.3", "2.0.0"),
        ("minor", "v1.2.3", "1.3.0"),
        ("patch", "1.2", "1.2.1"),
        ("minor,patch", "1.2.3-rc.1+b", "1.3.1"),
        ("patch", "1.2.3-rc.1", "1.2.3"),
        ("patch,patch", "1.2.3-rc.1", "1.2.4"),
    ],
)
def test_what_is_counted_up(rules, value, expected):
    assert increased(rules, value) == expected


def test_what_is_no_version_cannot_be_counted():
    with pytest.raises(BadCondition, match="`release-1`"):
        increased("patch", "release-1")

    assert decreased("patch", "release-1") == "release-1"


@pytest.mark.parametrize("rules", RULES)
def test_what_was_counted_up_is_counted_down_to_something_that_gives_it_again(rules):
    for core in itertools.product(range(3), repeat=3):
        value = increased(rules, ".".join(map(str, core)))

        assert increased(rules, decreased(rules, value)) == value


@pytest.mark.parametrize("rules", RULES)
def test_counting_down_keeps_the_order(rules):
    values = [increased(rules, f"{a}.{b}.{c}") for a, b, c in itertools.product(range(3), repeat=3)]
    down = [parse(decreased(rules, value)) for value in values]

    assert [each.order for each in down] == sorted(each.order for each in down)
