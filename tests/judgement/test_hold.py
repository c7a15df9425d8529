"""An explicit hold rules over everything."""

from dataclasses import replace
from datetime import date

import pytest

from profile_cd.judgement import Keep, verdict
from profile_cd.model import Hold, Policy
from tests.judgement.known import BY_ROBOT, NOW, TURNED, change, facts, said


def holding(until=None):
    return facts(BY_ROBOT, policy=Policy(hold=Hold("v1.0.0", "v1.1.0 crashes", until)))


@pytest.mark.parametrize(("until", "kept"), [(None, True), (date(2025, 6, 1), True), (date(2025, 5, 31), False)])
def test_a_hold_keeps_its_version_whatever_is_newer_until_its_day_has_passed(until, kept):
    found = said("v1.0.0", "v1.1.0", holding(until))

    assert isinstance(found, Keep) is kept


def test_a_hold_says_its_reason_and_how_to_end_it():
    found = said("v1.0.0", "v1.1.0", holding())

    assert "v1.1.0 crashes" in found.reason
    assert "taken out of the manifest" in found.release


def test_a_hold_rules_over_a_changed_manifest_and_over_what_a_person_closed():
    assert "holds it" in said("v1.0.0", "v1.1.0", replace(holding(), turn=TURNED.turn, closed=3)).reason


def test_the_held_version_is_written_even_if_it_is_older():
    lower = replace(change("v1.1.0", "v1.0.0"), held=True)

    assert verdict(lower, holding(), NOW) is None
