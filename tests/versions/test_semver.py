"""What is a version, and which of two is newer."""

import random

import nodesemver
import pytest

from profile_cd import versions
from profile_cd.model import Condition
from tests.versions.choices import picked, taken


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


def test_our_order_is_nodes():
    rng = random.Random(7)
    endings = ["", "-0", "-1", "-rc", "-rc.1", "-rc.10", "-rc.1.a", "-A", "-20631-9516ab0", "-iso.9", "-iso.10"]
    tags = list({f"{rng.randrange(12)}.{rng.randrange(12)}.1{rng.choice(endings)}" for _ in range(400)})

    assert taken("*-0", " ".join(tags)).split() == nodesemver.rsort(tags.copy(), loose=False)
