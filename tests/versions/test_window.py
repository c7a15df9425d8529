"""A pattern's bounds cut a sorted list once, and each version outside says on which side it is."""

import pytest

from profile_cd.versions import parse
from profile_cd.versions.range import groups
from profile_cd.versions.verdicts import ABOVE, BELOW, BETWEEN, EXCLUDED, PRERELEASE
from profile_cd.versions.window import reason, windows

LISTED = ("3.0.0", "2.1.0-rc.1", "2.0.0", "1.9.0", "1.2.3", "1.2.2", "1.0.0-rc.1", "0.9.0")


def reasons(pattern):
    versions = [parse(each) for each in LISTED]
    laid = windows(groups(pattern), versions)
    return {text: reason(laid, at, version) for at, (text, version) in enumerate(zip(LISTED, versions, strict=True))}


def test_what_is_above_below_and_in_between_is_said():
    found = reasons(">=1.2.3 <2.0.0")

    assert [text for text, why in found.items() if not why] == ["1.9.0", "1.2.3"]
    assert (found["3.0.0"], found["2.0.0"], found["1.2.2"], found["0.9.0"]) == (ABOVE, ABOVE, BELOW, BELOW)


def test_a_prerelease_is_named_as_the_reason_only_where_it_is_the_only_one():
    found = reasons(">=2.0.0 <3.0.0")

    assert found["2.1.0-rc.1"] == PRERELEASE
    assert found["1.0.0-rc.1"] == BELOW
    assert reasons(">=2.0.0-0 <3.0.0")["2.1.0-rc.1"] == ""


def test_a_hole_takes_out_what_it_names_and_nothing_beside_it():
    found = reasons(">=1.2.2 !=1.2.3 <2.0.0")

    assert (found["1.9.0"], found["1.2.3"], found["1.2.2"]) == ("", EXCLUDED, "")


def test_what_lies_between_two_ranges_is_called_so():
    found = reasons("<1.0.0 || >=2.0.0")

    assert (found["2.0.0"], found["1.9.0"], found["0.9.0"]) == ("", BETWEEN, "")


@pytest.mark.parametrize("pattern", ["*", ">=9", "<0.1", "=1.2.3"])
def test_an_empty_list_is_cut_as_well(pattern):
    assert [(each.start, each.stop) for each in windows(groups(pattern), [])] == [(0, 0)]
