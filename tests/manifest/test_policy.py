"""The `policy` of a manifest, and what a condition says beside its pattern."""

from datetime import date, timedelta

import pytest

from profile_cd import manifest
from profile_cd.errors import Unreadable
from profile_cd.model import NO_POLICY, Hold, Policy
from profile_cd.versions import Exclusion

PATH = ".updatecli/ledger.yaml"


def read(policy="", versionfilter="{kind: semver, pattern: ^1.0.0}"):
    text = (
        "sources:\n  s:\n    kind: dockerimage\n    spec:\n      image: acme/ledger\n"
        f"      versionfilter: {versionfilter}\n"
        "targets:\n  t:\n    kind: yaml\n    spec: {file: v.yaml, key: $.a}\n" + policy
    )
    ((found,), warnings) = manifest.read(text, PATH, {})
    return found, warnings


def test_without_a_policy_nothing_is_wanted():
    assert read()[0].policy == NO_POLICY


def test_everything_that_a_policy_can_say():
    policy = (
        "policy:\n  hold: {version: v1.4.2, reason: v1.5.0 crashes, until: 2025-07-01}\n"
        "  downgrade: allow\n  major: review\n  minimum-age: 3d\n  on-unknown: allow\n"
    )

    found, warnings = read(policy)

    hold = Hold("v1.4.2", "v1.5.0 crashes", date(2025, 7, 1))
    assert found.policy == Policy(hold, "allow", "review", timedelta(days=3), "allow")
    assert warnings == []


@pytest.mark.parametrize(("text", "age"), [("12h", timedelta(hours=12)), ("'1 w'", timedelta(weeks=1))])
def test_an_age_is_in_hours_days_or_weeks(text, age):
    assert read(f"policy: {{minimum-age: {text}}}\n")[0].policy.minimum_age == age


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("policy:\n  hold: {version: v1}\n", "has no `reason`"),
        ("policy:\n  hold: {reason: crashes}\n", "has no `version`"),
        ("policy:\n  hold: {version: v1, reason: x, until: soon}\n", "`until` is no day"),
        ("policy:\n  downgrade: yes please\n", "cannot be `yes please`"),
        ("policy:\n  minimum-age: a while\n", "`minimum-age` is no time"),
        ("policy:\n  minimum-age: 99999999d\n", "`minimum-age` is no time"),
        ("policy: hold\n", "where a mapping must stand"),
    ],
)
def test_what_is_wrong_is_said_at_its_own_line(policy, words):
    with pytest.raises(Unreadable, match=words) as caught:
        read(policy)

    assert caught.value.line >= 11


def test_a_policy_is_no_part_of_what_a_manifest_means():
    held, _ = read("policy: {hold: {version: v1.4.2, reason: crashes}}\n")
    free, _ = read()

    assert manifest.meaning_of(held, held.targets[0]) == manifest.meaning_of(free, free.targets[0])


def test_a_track_and_exclusions_are_part_of_the_condition():
    found, warnings = read(
        versionfilter="{kind: semver, pattern: ^1, track: infitx, exclude: [{version: v1.5.0, reason: crashes}]}"
    )

    condition = found.sources[0].condition
    assert (condition.track, condition.exclude) == ("infitx", (Exclusion("v1.5.0", "crashes"),))
    assert condition.exclude[0].reason == "crashes"
    assert warnings == []


@pytest.mark.parametrize(
    ("versionfilter", "words"),
    [
        ("{kind: semver, exclude: v1.5.0}", "`exclude` is no list"),
        ("{kind: semver, exclude: [v1.5.0]}", "where a mapping must stand"),
        ("{kind: semver, exclude: [{version: v1.5.0}]}", "has no `reason`"),
        ("{kind: lex, track: infitx}", "has no tracks"),
    ],
)
def test_a_track_or_exclusion_that_cannot_be_is_said_in_words(versionfilter, words):
    with pytest.raises(Unreadable, match=words):
        read(versionfilter=versionfilter)
