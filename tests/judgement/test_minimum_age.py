"""A version waits until it is old enough."""

from datetime import timedelta

import pytest

from profile_cd.judgement import Keep
from profile_cd.model import Policy
from tests.judgement.known import BY_ROBOT, NOW, facts, said


@pytest.mark.parametrize(
    ("label", "created", "on_unknown", "kept"),
    [
        ("too young", NOW - timedelta(days=2), "wait", True),
        ("old enough", NOW - timedelta(days=3), "wait", False),
        ("unknown, and waits", None, "wait", True),
        ("unknown, and is allowed", None, "allow", False),
    ],
)
def test_a_version_waits_until_it_is_old_enough(label, created, on_unknown, kept):
    policy = Policy(minimum_age=timedelta(days=3), on_unknown=on_unknown)
    found = said("v1.0.0", "v1.1.0", facts(BY_ROBOT, policy=policy, created=created))

    assert isinstance(found, Keep) is kept, label
    if created and kept:
        assert found.release == "2025-06-02 12:00 UTC"
