"""One prerelease channel beside the releases."""

import pytest

from profile_cd.errors import BadCondition
from profile_cd.versions import Condition, check, choose

LISTED = ["17.1.0", "17.2.0-infitx.3", "17.2.0-iso.9", "17.2.0-infitx.4", "18.0.0-infitx.0", "18.0.0"]


def picked(pattern, track, kind="semver", **more):
    return choose(LISTED, Condition(kind, pattern, track=track, **more)).picked


@pytest.mark.parametrize(
    ("label", "pattern", "track", "expected"),
    [
        ("that track's newest", "^17.0.0", "infitx", "17.2.0-infitx.4"),
        ("another track's", "^17.0.0", "iso", "17.2.0-iso.9"),
        ("only releases of a track that nobody publishes", "^17.0.0", "none", "17.1.0"),
        ("the release above it", ">=17.0.0", "infitx", "18.0.0"),
        ("no prerelease of what the range ends at", ">=17.0.0 <18.0.0", "infitx", "17.2.0-infitx.4"),
        ("also where the pattern names a prerelease", "^17.2.0-infitx.0", "infitx", "17.2.0-infitx.4"),
        ("and shuts out the others there", "^17.2.0-infitx.0", "other", None),
        ("without a track, none", "^17.0.0", "", "17.1.0"),
    ],
)
def test_a_track_admits_releases_and_its_own_prereleases(label, pattern, track, expected):
    assert picked(pattern, track) == expected, label


def test_a_track_counts_in_what_an_expression_catches():
    found = choose(
        ["app-1.0.0", "app-1.1.0-iso.1", "app-1.1.0-infitx.1"],
        Condition("regex/semver", regex="^app-(.*)$", track="infitx"),
    )

    assert found.picked == "app-1.1.0-infitx.1"
    assert next(each.reason for each in found.verdicts if "iso" in each.version).endswith("track than `infitx`")


def test_a_kind_without_prereleases_has_no_tracks():
    with pytest.raises(BadCondition, match="has no tracks"):
        Condition("lex", track="infitx")


def test_a_pattern_with_a_track_is_not_warned_of_as_one_without():
    assert check(Condition("semver", "^2.14.2-storage.0", track="storage")) == []
    assert check(Condition("semver", "^2.14.2-storage.0")) != []
