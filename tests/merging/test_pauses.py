"""Looks come often at first, seldom later, and never after the time is over."""

import pytest

from profile_cd.merging import Merging
from profile_cd.merging.pauses import for_checks, growing


@pytest.mark.parametrize(("waited", "pause"), [(0.0, 5.0), (59.0, 5.0), (60.0, 15.0), (295.0, 5.0), (299.0, 1.0)])
def test_checks_are_looked_at_seldom_after_a_minute_and_not_after_the_end(waited, pause):
    assert for_checks(Merging("0" * 40, wait=300.0, waited=waited)).seconds == pause


def test_what_takes_longer_is_looked_at_less_often_up_to_five_seconds():
    assert [growing(times).seconds for times in (0, 1, 2, 5, 40)] == [0.25, 0.5, 1.0, 5.0, 5.0]
