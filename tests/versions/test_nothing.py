"""Why nothing is taken, in words for the manifest's author."""

import pytest

from profile_cd import versions
from profile_cd.model import Condition


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


def test_a_hostile_tag_stays_in_its_quotes():
    choice = versions.choose(["`x`\n::error::", "y" * 1000], Condition("semver", "*"))

    assert "`'x' ::error::`" in choice.reason
    assert len(choice.reason) < 500
