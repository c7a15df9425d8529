"""Which version a condition picks, and what is said about the others."""

import random
import time

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


def test_ten_thousand_tags_are_quickly_chosen_from():
    rng = random.Random(1)
    tags = [f"v{rng.randrange(30)}.{rng.randrange(30)}.{rng.randrange(30)}-snapshot.{n}" for n in range(10_000)]
    started = time.process_time()

    versions.choose(tags, Condition("semver", ">=5.2.0-dev.0 <=5.99.0-dev.9999"))

    assert time.process_time() - started < 1  # a tenth of this where nothing else runs
