"""Up and down between versions."""

import pytest

from profile_cd import versions
from profile_cd.model import Condition, Order
from profile_cd.versions import Direction


def way(condition, old, new, listed="", order=Order.NONE):
    choice = versions.choose(listed.split(), condition, order) if listed else None
    return versions.direction(condition, choice, old.split(), new)


@pytest.mark.parametrize(
    ("label", "kind", "old", "new", "expected"),
    [
        ("newer", "semver", "1.9.0", "1.10.0", Direction.UP),
        ("older", "semver", "1.10.0", "1.9.0", Direction.DOWN),
        ("the same", "semver", "v1.0.0", "1.0", Direction.SAME),
        ("what is no version", "semver", "main", "1.0.0", Direction.UNKNOWN),
        ("the same text, whatever it is", "semver", "main", "main", Direction.SAME),
        ("none that may stand", "semver", "", "1.0.0", Direction.UNKNOWN),
        ("two that agree", "semver", "v1.0.0 1.0.1", "2.0.0", Direction.UP),
        ("two that do not", "semver", "1.0.0 3.0.0", "2.0.0", Direction.UNKNOWN),
        ("one of them is the same", "semver", "2.0.0 3.0.0", "2.0.0", Direction.DOWN),
        ("one of them is no version", "semver", "main 1.0.0", "2.0.0", Direction.UP),
        ("by letters", "lex", "10", "9", Direction.UP),
        ("by Python's rules", "pep440", "1.0", "1.0rc1", Direction.DOWN),
        ("by their numbers", "regex", "build-10", "build-9", Direction.DOWN),
        ("longer numbers than Python reads", "regex", "b-1" + "0" * 5000, "b-9", Direction.DOWN),
    ],
)
def test_the_condition_s_own_order_decides(label, kind, old, new, expected):
    assert way(Condition(kind), old, new) is expected


def test_strict_is_no_matter_here():
    assert way(Condition("semver", strict=True), "v1.10.0", "1.9.0") is Direction.DOWN


@pytest.mark.parametrize("order", [Order.AGE, Order.VERSION])
def test_in_an_ordered_list_the_position_decides(order):
    assert way(Condition("latest"), "v4.0.0", "v3.10.1", "v4.0.0 v3.10.1", order) is Direction.UP
    assert way(Condition("latest"), "v4.1.0", "v3.10.1", "v4.0.0 v3.10.1", order) is Direction.DOWN


def test_other_kinds_do_not_care_for_positions():
    assert way(Condition("semver"), "4.0.0", "3.10.1", "4.0.0 3.10.1", Order.AGE) is Direction.DOWN
