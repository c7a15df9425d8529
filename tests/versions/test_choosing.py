"""Which version a condition picks, and what is said about the others."""

import random
import time

import pytest

from profile_cd import versions
from profile_cd.model import Condition
from tests.versions.choices import reasons


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


@pytest.mark.parametrize("kind", ["semver", "regex", "regex/semver", "latest", "lex", "pep440"])
def test_an_empty_list_is_said_for_every_kind(kind):
    choice = versions.choose([], Condition(kind, regex="(.*)"))

    assert choice.picked is None
    assert "lists no versions at all" in choice.reason


def test_ten_thousand_tags_are_quickly_chosen_from():
    rng = random.Random(1)
    tags = [f"v{rng.randrange(30)}.{rng.randrange(30)}.{rng.randrange(30)}-snapshot.{n}" for n in range(10_000)]
    started = time.perf_counter()

    versions.choose(tags, Condition("semver", ">=5.2.0-dev.0 <=5.99.0-dev.9999"))

    assert time.perf_counter() - started < 1  # a tenth of this where nothing else runs
