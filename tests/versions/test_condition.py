"""A condition that exists is valid: what can never be right is refused when it is made."""

import time
from dataclasses import replace

import pytest

from profile_cd.errors import BadCondition
from profile_cd.model import Condition


def test_conditions_are_equal_where_their_written_fields_are():
    assert Condition("semver", "^1.0.0") == Condition("semver", "^1.0.0")
    assert Condition("semver", "^1.0.0") != Condition("semver", "^1")
    assert len({Condition("regex", "a"), Condition("regex", "a"), Condition("lex")}) == 2
    assert replace(Condition("semver", "^1"), pattern="^2") == Condition("semver", "^2")


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
    started = time.process_time()

    with pytest.raises(BadCondition) as caught:
        Condition("semver", pattern)

    assert time.process_time() - started < 2
    assert len(str(caught.value)) < 1000
