"""A semver pattern that is none says which part is wrong, and what to write."""

import pytest

from profile_cd.errors import BadCondition
from profile_cd.versions.range import groups


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("==1.2.3", "`==1.2.3` has one `=` too many. Write `=1.2.3`."),
        ("V1.2.3", "Write `v1.2.3`."),
        ("latest", "Write `*` for the newest release."),
        ("1.2 and 1.3", "Leave a blank between two comparisons"),
        ("1.2 or 1.3", "`or` is no operator. Write `||`."),
        ("1.2.0 - >=2.0.0", "a bare version on either side"),
        (">=1.2.3.4", "more than three numbers"),
        (">=1.2.3<2.0.0", "Write `>=1.2.3 <2.0.0`."),
        ("stable", "`stable` is a word."),
        ("1.2.3-rc.*", "Write `>=1.2.3-rc.0 <=1.2.3-rc.9999`."),
        ("1.2.3-*", "Write `>=1.2.3-0 <1.2.3`."),
        (r"^v?(\d+\.\d+\.\d+)$", "written as a regular expression"),
        ("1.2.3.*", "written as a regular expression. Write `^1.2.3`"),
        ("1.2 ||", "nothing on one side of a `||`"),
        (">=1.2,", "nothing on one side of a `||` or a comma"),
        ("1.2.3-rc.01", "Write `1.2.3-rc.1`."),
        ("99999999999999999999.0.0", "does not fit into 64 bits"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(pattern, words):
    with pytest.raises(BadCondition) as refused:
        groups(pattern)

    assert "is not a semver constraint" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "advised",
    ["=1.2.3", "v1.2.3", "*", "||", ">=1.2.3-rc.0 <=1.2.3-rc.9999", ">=1.2.3-0 <1.2.3", "^1.2.3", "1.2.3-rc.1"],
)
def test_what_is_advised_is_a_pattern(advised):
    assert groups(f"1 {advised} 2" if advised == "||" else advised)


def test_a_pattern_without_end_is_cut_in_words():
    with pytest.raises(BadCondition) as refused:
        groups("(" * 100_000)

    assert len(str(refused.value)) < 1000
