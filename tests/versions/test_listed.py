"""`kind: regex`, `latest` and `lex`."""

import pytest

from profile_cd import versions
from profile_cd.model import Condition, Order
from tests.versions.choices import picked


@pytest.mark.parametrize(
    ("label", "pattern", "candidates", "expected"),
    [
        ("the last that matches, in the source's order", r"^v0\.0\.", "v0.0.14 v0.0.9 v1.0.0", "v0.0.9"),
        ("anywhere in the tag", "alpine", "1-alpine3 2", "1-alpine3"),
        ("everything by default", "", "b a", "a"),
        ("$ is the end and not a line's", "a$", "a", "a"),
        ("signatures never", "sha256", "sha256-" + "0" * 64 + ".sig", None),
        ("nothing", "^x", "a b", None),
    ],
)
def test_regex(label, pattern, candidates, expected):
    assert picked(pattern, candidates, "regex") == expected


def test_regex_digits_are_ascii_and_a_line_break_is_no_end():
    assert versions.choose(["1\n", "\u0663"], Condition("regex", r"^\d$")).picked is None


@pytest.mark.parametrize("kind", ["regex", "regex/semver"])
def test_a_tag_that_is_no_text_matches_nothing(kind):
    condition = Condition(kind, "", regex="(.*)", replaceall=("a", "b"))

    assert versions.choose(["\ud800", "1.0.0"], condition).picked == "1.0.0"


@pytest.mark.parametrize(
    ("label", "kind", "pattern", "replaceall", "candidates", "expected"),
    [
        ("before matching, the original returned", "regex", r"^\d+\.\d+$", ("_", "."), "1_2", "1_2"),
        ("before the version is caught", "regex/semver", "*", ("_", "."), "1_9_0 1_10_0", "1_10_0"),
        ("groups by number", "regex/semver", "*", (r"(\d+)-(\d+)", "$1.$2"), "1-9 1-10", "1-10"),
        ("groups in braces", "regex/semver", "*", (r"(?P<a>\d+)-(\d+)", "${a}.${2}"), "1-9 1-10", "1-10"),
        ("as Go reads it: $1x is a name", "regex", "^$", (".+", "$1x"), "a", "a"),
        ("a dollar", "regex", r"^\$$", (".+", "$$"), "a", "a"),
        ("a group that does not exist", "regex", "^$", (".+", "${7}"), "a", "a"),
    ],
)
def test_replaceall(label, kind, pattern, replaceall, candidates, expected):
    assert picked(pattern, candidates, kind, regex=r"^([\d.]+)$", replaceall=replaceall) == expected


@pytest.mark.parametrize(
    ("label", "pattern", "candidates", "delivered", "expected"),
    [
        ("the order of versions, not of letters", "", "v0.0.14 v0.0.9 latest", False, "v0.0.14"),
        ("the word itself", "latest", "v0.0.14 v0.0.9", False, "v0.0.14"),
        ("a release before prereleases", "", "1.0.0 1.1.0-rc.1", False, "1.0.0"),
        ("a prerelease where there is no release", "", "1.1.0-rc.1 1.1.0-rc.2", False, "1.1.0-rc.2"),
        ("no version at all: the last", "", "b a", False, "a"),
        ("by age: the last", "", "v0.0.14 v0.0.9", True, "v0.0.9"),
        ("exactly the one that is named", "v1.0.0", "v1.0.0 v2.0.0", False, "v1.0.0"),
        ("named, by age", "v1.0.0", "v1.0.0 v2.0.0", True, "v1.0.0"),
        ("named, but absent", "v3.0.0", "v1.0.0 v2.0.0", False, None),
    ],
)
def test_latest(label, pattern, candidates, delivered, expected):
    choice = versions.choose(candidates.split(), Condition("latest", pattern), Order.AGE if delivered else Order.NONE)

    assert choice.picked == expected


def test_the_order_of_the_list_changes_no_other_kind():
    assert versions.choose(["2.0.0", "1.0.0"], Condition("semver"), Order.AGE).picked == "2.0.0"


def test_lex_goes_by_bytes():
    assert picked("", "20240131 20240201 20231231", "lex") == "20240201"
    assert picked("", "a Z é", "lex") == "é"
    assert picked("", "a sha256-x.sig", "lex") == "a"
