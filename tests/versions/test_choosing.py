"""Which version a condition picks, and what is said about the others."""

import random
import time
from dataclasses import replace

import nodesemver
import pytest

from profile_cd import versions
from profile_cd.errors import BadCondition
from profile_cd.model import Condition, Order

SEVENTEEN = ["17.0.2-21488-f282b43", "17.1.0-22789-edb41d7", "17.1.0", "17.0.16"]


def picked(pattern, candidates, kind="semver", **fields):
    return versions.choose(candidates.split(), Condition(kind, pattern, **fields)).picked


def taken(pattern, candidates, kind="semver", **fields):
    choice = versions.choose(candidates.split(), Condition(kind, pattern, **fields))
    return " ".join(each.version for each in choice.verdicts if each.taken)


def reasons(pattern, candidates, kind="semver", **fields):
    choice = versions.choose(candidates.split(), Condition(kind, pattern, **fields))
    return {each.version: each.reason for each in choice.verdicts}


# Where the dialect of the manifests is not node's.


@pytest.mark.parametrize(
    ("pattern", "candidates", "expected"),
    [
        ("^1.0.0-0", "1.0.0-alpha 1.9.0-dev.3 1.9.9 2.0.0-x", "1.9.9 1.9.0-dev.3 1.0.0-alpha"),
        ("~1.2.3-rc.1", "1.2.3-rc.1 1.2.3 1.2.4-beta.1 1.3.0-rc.1", "1.2.4-beta.1 1.2.3 1.2.3-rc.1"),
        ("^1.2.3-rc.1", "1.2.3-rc.0 1.2.3-rc.2 1.4.0-dev.1 2.0.0-x", "1.4.0-dev.1 1.2.3-rc.2"),
        (">=1.0.0-0 <2.0.0", "1.9.0-x 1.9.9 2.0.0-rc.1 2.0.0", "2.0.0-rc.1 1.9.9 1.9.0-x"),
        (">1.2.3-rc.1 <3.0.0-alpha", "1.2.3-rc.1 2.1.5 2.2.0-rc1 3.0.0-alpha 3.0.0", "2.2.0-rc1 2.1.5"),
        (">=16.0.4-0", "16.0.4-1 16.0.5-2 17.0.0-x 17.0.0", "17.0.0 17.0.0-x 16.0.5-2 16.0.4-1"),
        (">=16.0.4-0 <16.0.4", "16.0.4-20631-9516ab0 16.0.4", "16.0.4-20631-9516ab0"),
        ("1.x.x-0", "0.9.0 1.0.0-0 1.9.0-x 1.9.0 2.0.0-0", "1.9.0 1.9.0-x 1.0.0-0"),
        ("1.2.x-0", "1.1.9 1.2.0-a 1.2.9 1.3.0-a", "1.2.9 1.2.0-a"),
        ("x.x.x-0", "0.0.0-0 1.2.0-a 20.0.0", "20.0.0 1.2.0-a 0.0.0-0"),
        ("*-0", "0.0.0-0 1.2.0-a 20.0.0", "20.0.0 1.2.0-a 0.0.0-0"),
        (">=2-0", "2.0.0-0 1.9.9 3.0.0-a", "3.0.0-a 2.0.0-0"),
        ("~0.0.0", "0.0.0 0.0.9 5.0.0 5.0.0-a", "5.0.0 0.0.9 0.0.0"),
        ("^*", "0.0.0 0.0.1 1.0.0", "0.0.0"),
        ("^x", "0.0.0 0.0.1 1.0.0", "0.0.0"),
        ("<=*", "0.0.0 0.0.9 0.1.0", "0.0.9 0.0.0"),
        (">*", "0.0.0 0.0.1 1.0.0", "1.0.0 0.0.1"),
        ("!=1.2.3", "1.2.2 1.2.3 1.2.4 1.2.4-a", "1.2.4 1.2.2"),
        ("!=1.2", "1.1.9 1.2.0 1.2.3 1.3.0", "1.3.0 1.1.9"),
        ("!=1", "0.9.0 1.0.0 1.9.9 2.0.0", "2.0.0 0.9.0"),
        ("!=*", "0.0.0 1.0.0", "1.0.0"),
        ("!=1.2, >=1.0.0-0", "1.2.5 1.2.5-rc.1 1.3.0-a", "1.3.0-a 1.2.5-rc.1"),
        ("!=1.2.x-rc.1", "1.2.5 1.2.5-rc.1 1.2.5-rc.2", "1.2.5 1.2.5-rc.2"),
        ("=>1", "0.9.0 1.0.0 2.0.0", "2.0.0 1.0.0"),
        ("=<1", "0.9.0 1.0.0 1.9.0 2.0.0", "1.9.0 1.0.0 0.9.0"),
        (">=1.0.0, <2", "0.9.0 1.0.0 1.9.9 2.0.0", "1.9.9 1.0.0"),
        (">=1.0.0 ,<2", "0.9.0 1.0.0 1.9.9 2.0.0", "1.9.9 1.0.0"),
        ("01.2.3", "1.2.3 1.2.4", "1.2.3"),
        ("1.*.3", "1.2.3 1.9.9 2.0.0", "1.9.9 1.2.3"),
        ("*.1.2", "1.2.3 20.0.0", "20.0.0 1.2.3"),
        ("*", "1 v1.2 20240101 1-alpine 01.2.3", "20240101 01.2.3 v1.2 1"),
        ("1-0", "1-alpine 1 1-alpine3.18", "1 1-alpine3.18 1-alpine"),
        ("*", "18446744073709551615.0.0 9007199254740993.0.0 1", "18446744073709551615.0.0 9007199254740993.0.0 1"),
        ("^18446744073709551615", "18446744073709551615.0.1 1", "18446744073709551615.0.1"),
    ],
)
def test_the_dialect_of_the_manifests(pattern, candidates, expected):
    assert taken(pattern, candidates) == expected


@pytest.mark.parametrize(
    ("pattern", "candidates", "expected"),
    [
        ("v1.2", "v1.2.9 1.3.0", "v1.2.9"),
        (">= 1.2.3 < 2.1.0", "1.2.3 2.0.9 2.1.0", "2.0.9 1.2.3"),
        ("~> 1.2.3", "1.2.2 1.2.9 1.3.0", "1.2.9"),
        ("1.0 - 2.0", "0.9.0 1.0.0 2.0.9 2.1.0", "2.0.9 1.0.0"),
        ("^1 || ^3", "1.0.0 2.0.0 3.0.0", "3.0.0 1.0.0"),
        (">=1.2.3+build", "1.2.2 1.2.3", "1.2.3"),
        ("^0.0.1", "0.0.1 0.0.2", "0.0.1"),
        (">1", "1.9.9 2.0.0", "2.0.0"),
        (">1.2", "1.2.9 1.3.0", "1.3.0"),
        (">=15.6.0-iso.0 <=15.6.0-iso.9", "15.6.0-iso.3 15.6.0-iso.3.1 15.6.0-iso 15.6.0-iso.x 15.6.0-rc.1 15.6.0",
         "15.6.0-iso.3.1 15.6.0-iso.3"),
        ("4.3.1-snapshot.5", "4.3.1-snapshot.5 4.3.1-snapshot.6", "4.3.1-snapshot.5"),
        ("", "1.0.0 2.0.0-a", "1.0.0"),
    ],
)  # fmt: skip
def test_what_both_dialects_know(pattern, candidates, expected):
    assert taken(pattern, candidates) == expected


# Candidates.


@pytest.mark.parametrize(
    "text",
    ["1", "v1", "1.2", "v1.2", "1.2.3", "01.2.3", "1-rc1", "1-alpine", "1.2-alpine3.18", "20240101", "20240101-abc",
     "17.0.2-00123-f282b43", "v17.4.1-csi-1300.2", "1.2.3+7", "1.2.3-a+b.c", "0001.2.3", "000000000000000000000001.2"],
)  # fmt: skip
def test_what_is_a_version_is_written_as_it_is_spelled(text):
    assert versions.choose([text], Condition("semver", "*-0")).picked == text


@pytest.mark.parametrize(
    "text",
    ["latest", "V1.2.3", "1.2.3.4", "release-1.2.3", "1.2.3_1", "1.2.3-01", "1.2.3-rc.01", "1.2.3-", "1.2.3+", " 1.2.3",
     "1.2.3 ", "1.2.3\n", "=1.2.3", "18446744073709551616.0.0", "9" * 5000, "1.2.3-a..b", "", "\ud800", "1\u0663.2.3",
     "sha256-" + "0a" * 32, "sha256-" + "0a" * 32 + ".sig", "sha256-x.att", "sha256-x.sbom"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["semver", "regex/semver", "latest"])
def test_what_is_no_version_is_passed_over_without_a_word(kind, text):
    choice = versions.choose([text, "1.0.0"], Condition(kind, "" if kind == "latest" else "*-0", regex="(?s)^(.*)$"))

    assert choice.picked == "1.0.0"
    assert {each.version: each.reason for each in choice.verdicts}[text] in {
        "not a version",
        "does not match the regular expression",
    }


@pytest.mark.parametrize("text", ["1", "v1.2.3", "1.2", "01.2.3", "1.2.3-01"])
def test_strict_wants_three_numbers_and_nothing_before_them(text):
    assert versions.choose([text], Condition("semver", "*", strict=True)).picked is None


def test_strict_takes_what_is_written_by_the_book():
    assert picked("*-0", "1.2.3-rc.1+b v9.9.9", strict=True) == "1.2.3-rc.1+b"


@pytest.mark.parametrize(
    ("label", "rising"),
    [
        ("numbers by value", "1.9.0 1.10.0"),
        ("a release above its prereleases", "1.0.0-rc.9 1.0.0"),
        ("more identifiers above fewer", "1.0.0-a 1.0.0-a.0"),
        ("numbers below words", "1.0.0-999 1.0.0-a"),
        ("upper case below lower case", "1.0.0-B 1.0.0-a"),
        ("numbers within words as text", "1.0.0-9999-x 1.0.0-99990-x"),
        ("one identifier that begins with a number above every number", "1.0.0-99999999 1.0.0-1-a"),
        ("a number beyond 64 bits as text", "1.0.0-18446744073709551615 1.0.0-18446744073709551616"),
        ("so above every shorter one", "1.0.0-99999999999999999998.1 1.0.0-9999999999999999999a"),
    ],
)
def test_the_order_of_versions(label, rising):
    low, high = rising.split()

    assert taken("*-0", rising) == f"{high} {low}"
    assert picked("*-0", f"{high} {low}") == high


def test_of_equal_versions_the_first_listed_is_picked():
    assert picked("*", "0.9.0 v1.0.0 1.0.0 1.0") == "v1.0.0"
    assert picked("*", "0.9.0 1.0 1.0.0 v1.0.0") == "1.0"
    assert picked("*", "1.0.0+b 1.0.0+a") == "1.0.0+b"


def test_our_answer_is_nodes_where_the_dialects_agree():
    rng = random.Random(20251031)
    patterns = ["*", "^1.0.0", "^0.2.3", "^0.0.1", "^0.0", "^0", "~1.2", "~1", "~0.0", "~0.0.7", "1.x", ">1.2", "<=1.2",
                "1.0 - 2.0", "1.2.3 || 2.1.0", ">=1.2.0 <2.1", ">=1.2.0-rc.0 <=1.2.0-rc.9",
                ">=0.2.0-a <0.2.0"]  # fmt: skip
    endings = ["", "", "-rc.1", "-rc.10", "-a", "-0", "-alpha.beta", "-rc.1.2", "-10-x"]
    for _ in range(300):
        pattern = rng.choice(patterns)
        tags = sorted({f"{rng.randrange(3)}.{rng.randrange(4)}.{rng.randrange(9)}{rng.choice(endings)}"
                       for _ in range(15)})  # fmt: skip
        rng.shuffle(tags)
        expected = nodesemver.max_satisfying(tags, pattern, loose=False)

        assert versions.choose(tags, Condition("semver", pattern)).picked == expected, (pattern, tags)


def test_our_order_is_nodes():
    rng = random.Random(7)
    endings = ["", "-0", "-1", "-rc", "-rc.1", "-rc.10", "-rc.1.a", "-A", "-20631-9516ab0", "-iso.9", "-iso.10"]
    tags = list({f"{rng.randrange(12)}.{rng.randrange(12)}.1{rng.choice(endings)}" for _ in range(400)})

    assert taken("*-0", " ".join(tags)).split() == nodesemver.rsort(tags.copy(), loose=False)


def test_ten_thousand_tags_are_quickly_chosen_from():
    rng = random.Random(1)
    tags = [f"v{rng.randrange(30)}.{rng.randrange(30)}.{rng.randrange(30)}-snapshot.{n}" for n in range(10_000)]
    started = time.perf_counter()

    versions.choose(tags, Condition("semver", ">=5.2.0-dev.0 <=5.99.0-dev.9999"))

    assert time.perf_counter() - started < 1  # a tenth of this where nothing else runs


# Verdicts and reasons.


def test_each_verdict_says_why():
    assert reasons("^1.2.0", "2.0.0 1.1.0 1.3.0 1.2.0 latest 1.4.0-rc.1 2.0.0-rc.1") == {
        "2.0.0": "above the range",
        "2.0.0-rc.1": "above the range",
        "1.4.0-rc.1": "a prerelease, and the condition names none",
        "1.3.0": "the newest that the condition takes",
        "1.2.0": "newer is taken",
        "1.1.0": "below the range",
        "latest": "not a version",
    }


def test_verdicts_with_several_ranges_and_holes():
    assert reasons("^1 || ^3 !=3.1.0", "0.1.0 2.0.0 2.5.0-a 3.1.0 4.0.0 3.0.0") == {
        "4.0.0": "above the range",
        "3.1.0": "excluded by the condition",
        "3.0.0": "the newest that the condition takes",
        "2.5.0-a": "between the ranges",
        "2.0.0": "between the ranges",
        "0.1.0": "below the range",
    }


def test_verdicts_are_newest_first_and_what_is_no_version_last():
    choice = versions.choose(["latest", "1.0.0", "main", "2.0.0"], Condition("semver", "^1"))

    assert [each.version for each in choice.verdicts] == ["2.0.0", "1.0.0", "latest", "main"]
    assert choice.reason == ""


@pytest.mark.parametrize(
    ("label", "pattern", "candidates", "words"),
    [
        ("not yet published", "^1.1.14", "1.1.11 1.1.12", ["`^1.1.14`", "the newest version is `1.1.12` (below the"]),
        ("prereleases only", "^17.0.0", "17.1.0-1-a 17.0.0-2-b", ["`17.1.0-1-a` (a prerelease, and the condition"]),
        ("between two", "^2", "1.9.0 1.8.0 3.1.0 3.0.0", ["`3.0.0` (above the range), `1.9.0` (below the range)"]),
        ("no versions", "*", "latest main", ["none of the 2 tags is a version", "`latest`, `main`"]),
        ("nothing listed", "*", "", ["lists no versions at all"]),
    ],
)
def test_nothing_picked_says_the_pattern_the_newest_and_the_nearest(label, pattern, candidates, words):
    choice = versions.choose(candidates.split(), Condition("semver", pattern))

    assert choice.picked is None
    for each in words:
        assert each in choice.reason


def test_strict_is_named_where_it_is_the_reason():
    choice = versions.choose(["v3.2.0", "v3.3.0", "edge"], Condition("semver", "^3", strict=True))
    below = versions.choose(["v3.2.0", "2.0.0"], Condition("semver", "^3", strict=True))
    caught = versions.choose(["app-03.2.0"], Condition("regex/semver", "^3", strict=True, regex="^app-(.*)$"))

    assert {each.version: each.reason for each in choice.verdicts} == {
        "v3.2.0": "not three plain numbers, as `strict` wants them",
        "v3.3.0": "not three plain numbers, as `strict` wants them",
        "edge": "not a version",
    }
    for each in (choice, below, caught):
        assert "Delete `strict: true`" in each.reason
    assert "`v3.2.0` and 1 more" in choice.reason
    assert "`2.0.0` (below the range)" in below.reason
    assert "strict" not in versions.choose(["edge"], Condition("semver", "^3", strict=True)).reason


@pytest.mark.parametrize(
    ("label", "condition", "candidates"),
    [
        ("any prerelease", Condition("semver", "*-0"), "3.0.0-ci.11 6943991 3.0.0-ci.12"),
        ("the highest release", Condition("latest"), "3.0.0-ci.11 6943991 3.0.0-ci.12"),
        ("a date", Condition("semver", ">=8"), "8.1.0 8.2.0 20250115"),
        ("behind an expression", Condition("regex/semver", regex="^ci-(.*)$"), "ci-3.0.0 ci-6943991"),
        ("by Python's rules", Condition("pep440"), "3.0 6943991"),
    ],
)
def test_a_number_that_may_be_the_name_of_a_commit_is_warned_of(label, condition, candidates):
    (warning,) = versions.doubts(versions.choose(candidates.split(), condition), condition)

    assert "the name of a commit" in warning
    assert "`<1000`" in warning


@pytest.mark.parametrize(
    ("label", "condition", "candidates"),
    [
        ("dates alone", Condition("semver"), "20240115 20250115 latest"),
        ("a short number", Condition("semver"), "7 7.2 8"),
        ("it is not picked", Condition("semver", "<1000"), "3.0.0 6943991"),
        ("nothing is picked", Condition("semver", "^9"), "3.0.0 6943991"),
        ("named", Condition("latest", "6943991"), "3.0.0 6943991"),
        ("letters", Condition("lex"), "3.0.0 6943991"),
    ],
)
def test_other_numbers_are_not(label, condition, candidates):
    assert versions.doubts(versions.choose(candidates.split(), condition), condition) == []


def test_a_number_that_was_created_last_is_not():
    assert versions.doubts(versions.choose(["3.0.0", "6943991"], Condition(), Order.AGE), Condition()) == []


def test_a_hostile_tag_stays_in_its_quotes():
    choice = versions.choose(["`x`\n::error::", "y" * 1000], Condition("semver", "*"))

    assert "`'x' ::error::`" in choice.reason
    assert len(choice.reason) < 500


def test_conditions_are_equal_where_their_written_fields_are():
    assert Condition("semver", "^1.0.0") == Condition("semver", "^1.0.0")
    assert Condition("semver", "^1.0.0") != Condition("semver", "^1")
    assert len({Condition("regex", "a"), Condition("regex", "a"), Condition("lex")}) == 2
    assert replace(Condition("semver", "^1"), pattern="^2") == Condition("semver", "^2")


@pytest.mark.parametrize("kind", ["semver", "regex", "regex/semver", "latest", "lex", "pep440"])
def test_an_empty_list_is_said_for_every_kind(kind):
    choice = versions.choose([], Condition(kind, regex="(.*)"))

    assert choice.picked is None
    assert "lists no versions at all" in choice.reason


# The other kinds.


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
    ("label", "pattern", "regex", "candidates", "expected"),
    [
        ("group one is the version", "^1", r"^app-(\d+\.\d+\.\d+)$", "app-1.2.0 app-1.10.0 app-2.0.0", "app-1.10.0"),
        ("what does not match is left out", "*", r"^v(.*)$", "9.0.0 v1.0.0", "v1.0.0"),
        ("what it catches must be a version", "*", r"^v(.*)$", "vx v1.0.0", "v1.0.0"),
        ("no pattern: prereleases as well", "", r"^v(.*)$", "v1.0.0 v1.1.0-rc.1", "v1.1.0-rc.1"),
        ("a star: releases only", "*", r"^v(.*)$", "v1.0.0 v1.1.0-rc.1", "v1.0.0"),
        ("the same caught twice: the later", "*", r"^(1\.0)", "1.0-b 1.0-a", "1.0-a"),
        ("equal but not the same: the first", "*", r"^(.*)$", "1.0 1.0.0", "1.0"),
        ("a group that took no part", "*", r"^v(\d+)?", "v v1", "v1"),
    ],
)
def test_regex_semver(label, pattern, regex, candidates, expected):
    assert picked(pattern, candidates, "regex/semver", regex=regex) == expected


def test_regex_semver_gives_every_candidate_one_verdict():
    assert reasons("*", "1.0-b 1.0-a x 2-", "regex/semver", regex=r"^(\d.*?)-") == {
        "2-": "the newest that the condition takes",
        "1.0-a": "newer is taken",
        "1.0-b": "newer is taken",
        "x": "does not match the regular expression",
    }


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


# What is refused before anything is asked.


@pytest.mark.parametrize(
    ("label", "made", "words"),
    [
        ("a regular expression", lambda: Condition("semver", "^17.0.0(-.*)?"), ["`^17.0.0-0`", "regex/semver"]),
        ("another", lambda: Condition("semver", "^17.0.2-21488-f282b43$"), ["regular expression", "`^17.0.2`"]),
        ("one that names no version", lambda: Condition("semver", r"v\d+"), ["`^1.2.0`"]),
        ("alternatives with one bar", lambda: Condition("semver", "1|2"), ["regular expression"]),
        ("a star in a prerelease", lambda: Condition("semver", "4.3.1-snapshot.*"), ["`>=4.3.1-snapshot.0 <=4.3.1-"]),
        ("a bare star", lambda: Condition("semver", "^4.3.1-*"), ["`>=4.3.1-0 <4.3.1`"]),
        ("an x in a prerelease", lambda: Condition("semver", "4.3.1-snapshot.x"), ["`>=4.3.1-snapshot.0 <=4.3.1-"]),
        ("a bare x", lambda: Condition("semver", "4.3.1-x"), ["`>=4.3.1-0 <4.3.1`"]),
        ("leading zeros", lambda: Condition("semver", ">=17.0.2-00000 <17.0.2-99999"), ["`00000`", "`>=17.0.2-0`"]),
        ("in one part of several", lambda: Condition("semver", "1.0.0-rc.01"), ["`01`", "`1.0.0-rc.1`"]),
        ("an empty part", lambda: Condition("semver", "^1 ||"), ["`^1 ||`", "`*`"]),
        ("nothing but a bar", lambda: Condition("semver", "||"), ["one side"]),
        ("blanks alone", lambda: Condition("semver", "  "), ["one side"]),
        ("a comma at the end", lambda: Condition("semver", ">=1,"), ["comma"]),
        ("no blank", lambda: Condition("semver", ">=1<2"), ["`>=1 <2`"]),
        ("two equal signs", lambda: Condition("semver", "==1.2.3"), ["`=1.2.3`"]),
        ("upper case", lambda: Condition("semver", ">=1.0.0 V2"), ["`v2`"]),
        ("four numbers", lambda: Condition("semver", "1.2.3.4"), ["more than three"]),
        ("a word", lambda: Condition("semver", "stable"), ["`stable` is a word"]),
        ("latest", lambda: Condition("semver", "latest"), ["`*`"]),
        ("and", lambda: Condition("semver", ">=1 and <2"), ["a blank"]),
        ("or", lambda: Condition("semver", "1 or 2"), ["`||`"]),
        ("half a hyphen range", lambda: Condition("semver", ">=1 - 2"), ["`1.2.0 - 2.0.0`"]),
        ("a lone operator", lambda: Condition("semver", "^"), ["`^` cannot be read"]),
        ("a number too big", lambda: Condition("semver", "18446744073709551616"), ["64 bits"]),
        ("an empty identifier", lambda: Condition("semver", "1.0.0-a..b"), ["`1.0.0-a..b`"]),
        ("the pattern behind a regex", lambda: Condition("regex/semver", "^1 ||", regex="(.*)"), ["one side"]),
        ("no regex", lambda: Condition("regex/semver", "^1"), ["needs a `regex`"]),
        ("a regex without a group", lambda: Condition("regex/semver", "^1", regex=r"^v\d+"), ["no group"]),
        ("lookahead", lambda: Condition("regex", "a(?=b)"), ["`a(?=b)`", "no lookahead"]),
        ("lookbehind", lambda: Condition("regex/semver", "", regex="(?<=v)(.*)"), ["The regex", "no lookbehind"]),
        ("a backreference", lambda: Condition("regex", r"(a)\1"), ["no backreferences"]),
        ("an atomic group", lambda: Condition("regex", "(?>a)"), ["never backtracks"]),
        ("an open parenthesis", lambda: Condition("regex", "(a"), ["missing )", "wiki/Syntax"]),
        ("no text", lambda: Condition("regex", "\ud800"), ["not text"]),
        ("in replaceall", lambda: Condition("regex", "a", replaceall=("(", "b")), ["replaceall.pattern"]),
        ("time", lambda: Condition("time", "2006-01-02"), ["`kind: time` is not supported", "`kind: lex`"]),
        ("regex/time", lambda: Condition("regex/time"), ["not supported"]),
        ("a typo", lambda: Condition("semvr"), ["Perhaps `semver`"]),
        ("another letter case", lambda: Condition("SemVer"), ["Perhaps `semver`"]),
        ("something else", lambda: Condition("newest"), ["`pep440`", "`lex`"]),
        ("pep440", lambda: Condition("pep440", "^1.0"), ["PEP 440", "`>=1.2,<2`"]),
    ],
)  # fmt: skip
def test_what_can_never_be_right_is_refused_with_what_to_write_instead(label, made, words):
    with pytest.raises(BadCondition) as caught:
        made()

    for each in words:
        assert each in str(caught.value)


def test_a_semver_pattern_that_is_refused_is_named():
    with pytest.raises(BadCondition, match=r"The pattern `total garbage \]\[`"):
        Condition("semver", "total garbage ][")


@pytest.mark.parametrize(
    ("label", "pattern"),
    [
        ("many blanks", ">=1" + " " * 20_000 + "!"),
        ("many comparisons", "1  " * 5_000 + "!"),
        ("many dots", "1.0.0-" + "a." * 20_000 + "!"),
        ("many digits", "1" * 20_000 + "!"),
    ],
)
def test_a_long_wrong_pattern_is_refused_at_once(label, pattern):
    started = time.perf_counter()

    with pytest.raises(BadCondition) as caught:
        Condition("semver", pattern)

    assert time.perf_counter() - started < 2
    assert len(str(caught.value)) < 1000


# What is warned of.


@pytest.mark.parametrize(
    ("label", "condition", "words"),
    [
        ("a caret on 0.0.x", Condition("semver", "^0.0.8"), ["0.0.8 only", "`~0.0`"]),
        ("a tilde on 0.0.0", Condition("semver", "~0.0.0"), ["5.0.0 too", "`~0.0`"]),
        ("a caret on any", Condition("semver", "^*"), ["`*`"]),
        ("a window over several versions", Condition("semver", ">=5.2.0-dev.0 <=5.99.0-dev.9999"),
         ["does not hold to `dev`", r"`regex: '^v?(\d+\.\d+\.\d+-dev\.\d+)$'`"]),
        ("a channel without an end", Condition("semver", "^2.14.2-storage-cluster.0"), ["to `storage-cluster`"]),
        ("two words", Condition("semver", ">=15.6.0-iso.0 <15.6.0-snapshot.0"), ["to `iso`"]),
        ("a word and the release", Condition("semver", ">=15.6.0-iso.0 <15.6.0"), ["to `iso`"]),
        ("a build number and a commit", Condition("semver", ">=16.0.4-20631-9516ab0"), ["one identifier, ordered as"]),
        ("the same end twice", Condition("semver", ">=4.3.1-snapshot.0 >=4.3.1-snapshot.9999"), ["meant as `<=`"]),
        ("the upper end twice", Condition("semver", "<2 <=3"), ["meant as `>=`"]),
        ("regex/semver without a pattern", Condition("regex/semver", regex="(.*)"), ["prereleases are taken as well"]),
        ("doubled backslashes", Condition("regex", r"^\\d+$"), ["doubled backslashes"]),
        ("doubled in regex", Condition("regex/semver", "*", regex=r"^(\\d+)$"), ["doubled backslashes"]),
        ("a regex that is not read", Condition("semver", "*", regex="(.*)"), ["`regex` has no effect with"]),
        ("strict without effect", Condition("lex", strict=True), ["`strict` has no effect"]),
        ("a pattern without effect", Condition("lex", "a"), ["`pattern` has no effect"]),
        ("replaceall without effect", Condition("semver", replaceall=("a", "b")), ["`replaceall` has no effect"]),
    ],
)  # fmt: skip
def test_what_does_not_do_what_it_seems_to_is_warned_of(label, condition, words):
    found = " ".join(versions.check(condition))

    for each in words:
        assert each in found


@pytest.mark.parametrize(
    ("label", "condition"),
    [
        ("a caret", Condition("semver", "^1.0.0")),
        ("a caret below one", Condition("semver", "^0.2.3")),
        ("a caret on an open part", Condition("semver", "^0.0")),
        ("a tilde", Condition("semver", "~0.0.8")),
        ("any", Condition("semver", "*")),
        ("any by default", Condition("semver")),
        ("a window of one channel", Condition("semver", ">=15.6.0-iso.0 <=15.6.0-iso.9999")),
        ("all prereleases", Condition("semver", "^18.0.0-0")),
        ("one version", Condition("semver", "17.0.2-21488-f282b43")),
        ("both ends", Condition("semver", ">=1 <2")),
        ("regex", Condition("regex", r"^v\d+$")),
        ("regex/semver", Condition("regex/semver", "^1", strict=True, regex="v(.*)", replaceall=("a", "b"))),
        ("latest", Condition("latest")),
        ("latest, named", Condition("latest", "v1")),
        ("lex", Condition("lex")),
        ("pep440", Condition("pep440", ">=1,<2")),
    ],
)
def test_what_is_not_warned_of(label, condition):
    assert versions.check(condition) == []


# What is hostile.


@pytest.mark.parametrize("kind", ["semver", "regex/semver", "latest", "pep440"])
@pytest.mark.parametrize(
    "text",
    ["0" * 5000 + ".0.0", "1." + "0" * 5000, "1.0.0-" + "9" * 5000, "9" * 5000, "1.0.post" + "9" * 5000, "1." * 5000],
    ids=lambda text: f"{text[:3]}…{text[-3:]}",
)
def test_a_tag_with_more_digits_than_python_reads_raises_nothing(kind, text):
    choice = versions.choose([text, "2.0.0"], Condition(kind, regex="(.*)"))

    assert choice.picked == "2.0.0"


def test_a_pattern_with_more_zeros_than_python_reads_is_its_number():
    assert picked(">=" + "0" * 5000 + "1.0.0", "0.9.0 1.0.0") == "1.0.0"


def test_no_tag_and_no_condition_raises_anything_but_our_errors():
    rng = random.Random(4)
    pieces = ["1", "0", "9" * 25, "0" * 4400, ".", "-", "+", "v", "rc", "alpha", "*", "x", ">=", "^", "~", "!=",
              "||", ",", " ", "(", ")", "[", "\\", "$", "$1", "\ud800", "\0", "\u0663", "é", "!", "dev", "post", "`",
              "sha256-", "\n", "%s", "a" * 300]  # fmt: skip

    def text():
        return "".join(rng.choices(pieces, k=rng.randrange(7)))

    kinds = [*versions.KINDS, "time", "semvr", ""]
    until = time.monotonic() + 3
    for _ in range(3000):
        tags = [text() for _ in range(rng.randrange(12))]
        replaceall = (text(), text()) if rng.random() < 0.3 else None
        try:
            condition = Condition(rng.choice(kinds), text(), rng.random() < 0.2, f"({text()})", replaceall)
        except BadCondition:
            continue
        versions.check(condition)
        for order in Order:
            choice = versions.choose(tags, condition, order)
            assert sorted(each.version for each in choice.verdicts) == sorted(tags)
        if time.monotonic() > until:
            break
