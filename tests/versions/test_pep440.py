"""`kind: pep440` takes what it takes in updatecli, where that is not what pip takes."""

import pytest

from profile_cd import versions
from profile_cd.versions import Condition


def taken(pattern, candidates):
    choice = versions.choose(candidates.split(), Condition("pep440", pattern))
    return " ".join(each.version for each in choice.verdicts if each.taken)


@pytest.mark.parametrize(
    ("label", "pattern", "candidates", "expected"),
    [
        ("a release before prereleases", "", "1.0 1.1rc1", "1.0"),
        ("a prerelease where there is no other", "*", "1.1rc1 1.1rc2", "1.1rc2 1.1rc1"),
        ("a range", ">=1,<2", "0.9 1.5 1.10 2.0", "1.10 1.5"),
        ("prereleases count with every specifier", ">=1.0", "1.0 1.1rc1", "1.1rc1 1.0"),
        ("but `<` leaves those of its own version out", "<2", "1.5 1.6rc1 2.0rc1", "1.6rc1 1.5"),
        ("unless one is named", "<2.0rc2", "1.5 2.0rc1 2.0rc2", "2.0rc1 1.5"),
        ("`>` takes no post release of its own version", ">5.1", "5.1 5.1.post1 5.1+cpu 5.2", "5.2"),
        ("unless one is named", ">5.1.post1", "5.1.post1 5.1.post2", "5.1.post2"),
        ("`<=` takes no post release", "<=6.0", "6.0 6.0.post1 6.0rc1", "6.0 6.0rc1"),
        ("compatible", "~=1.4.2", "1.4.9 1.5.0 1.4.1 1.4.10rc1", "1.4.10rc1 1.4.9"),
        ("compatible with a prerelease", "~=1.4rc1", "1.4rc1 1.4.2 1.9 1.4b1", "1.4.2 1.4rc1"),
        ("compatible with a post release", "~=1.4.post1", "1.4 1.4.post2 1.9", "1.9 1.4.post2"),
        ("one or the other", "<1 || >=2", "0.9 1.5 2.0", "2.0 0.9"),
        ("any in one of the alternatives takes prereleases", "* || <1", "1.0 1.1rc1", "1.1rc1 1.0"),
        ("a blank is a comma", ">=1.2 <1.9", "1.2 1.8 1.9", "1.8 1.2"),
        ("no comma at all", ">=1.2<1.9", "1.2 1.8 1.9", "1.8 1.2"),
        ("a bare version", "1.7", "1.7 1.7.0 v1.7 1.7.1", "1.7 1.7.0 v1.7"),
        ("a prefix", "==5.3.*", "5.3 5.3.11 5.3.12.dev4 5.4", "5.3.12.dev4 5.3.11 5.3"),
        ("a shorter version is not padded", "==2.0.*", "2 2.0 2.0.1", "2.0.1 2.0"),
        ("not a prefix", "!=6.5.*", "6.4.2 6.5 6.5.3", "6.4.2"),
        ("a local version equals the same without", "==2.6.0", "2.6.0+cpu 2.6.0 2.6.1", "2.6.0+cpu 2.6.0"),
        ("but not the other way round", "==2.6.0+cpu", "2.6.0+cpu 2.6.0", "2.6.0+cpu"),
        ("a local version is no more than its own", "<=2.6.0", "2.6.0+cpu 2.6.1", "2.6.0+cpu"),
        ("to the letter, but for the case of letters", "===3.0rc1", "3.0RC1 3.0.0rc1", "3.0RC1"),
        ("epochs and posts", "*", "9.0 1!1.0 1!1.0.post1", "1!1.0.post1 1!1.0 9.0"),
        ("odd tags", "*", "latest 1.0 1.0-alpine", "1.0"),
        ("numbers beyond 64 bits are none", "*", "1.0 18446744073709551616.0", "1.0"),
        ("nothing", ">=3", "1.0 latest", ""),
    ],
)
def test_what_a_specifier_takes(label, pattern, candidates, expected):
    assert taken(pattern, candidates) == expected


def test_verdicts_say_why():
    choice = versions.choose(["1.0", "2.0", "2.1rc1", "x"], Condition("pep440", ">=2"))

    assert {each.version: each.reason for each in choice.verdicts} == {
        "2.1rc1": "the newest that the condition takes",
        "2.0": "newer is taken",
        "1.0": "outside the condition",
        "x": "not a version",
    }
