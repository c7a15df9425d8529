"""`kind: regex/semver`."""

import pytest

from tests.versions.choices import picked, reasons


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
