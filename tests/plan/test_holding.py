"""A hold: what it names is written and stays, whatever is newer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from profile_cd import plan
from profile_cd.model import Condition, File, Hold, Loaded, Manifest, Policy, Snapshot, SourceUse, TargetUse
from profile_cd.sources import DockerImage

IMAGE = DockerImage("acme/ledger")
NOW = datetime(2025, 6, 1, tzinfo=UTC)


def drafted(stands, held, listed=("v1.4.2", "v1.5.0"), pattern="^1", until=None):
    manifest = Manifest(
        "ledger", ".updatecli/ledger.yaml", "Ledger", 1,
        (SourceUse("s", 2, IMAGE, Condition("semver", pattern)),), (TargetUse("t", 9, "s", "v.yaml", "$.a"),),
        Policy(Hold(held, "v1.5.0 crashes", until)),
    )  # fmt: skip
    return plan.draft(
        Loaded((manifest,)), {IMAGE: listed}, Snapshot({"v.yaml": File(f"a: {stands}\n".encode())}), now=NOW
    )


def test_the_held_version_is_written_although_it_is_older():
    (change,) = drafted("v1.5.0", "v1.4.2").changes

    assert (change.old, change.new, change.version, change.held) == ("v1.5.0", "v1.4.2", "v1.4.2", True)


def test_where_it_stands_already_the_newer_one_is_left_to_the_judge():
    (change,) = drafted("v1.4.2", "v1.4.2").changes

    assert (change.new, change.held) == ("v1.5.0", False)


def test_it_is_written_as_the_source_spells_it():
    assert drafted("v1.5.0", "1.4.2").changes[0].new == "v1.4.2"


def test_a_condition_that_takes_nothing_does_not_end_a_hold():
    found = drafted("v1.5.0", "v1.4.2", pattern="^9")

    assert not found.failures
    assert found.changes[0].new == "v1.4.2"


def test_a_version_that_the_source_does_not_list_is_not_written():
    (failure,) = drafted("v1.5.0", "v1.4.3").failures

    assert "The hold names `v1.4.3`" in failure.reason
    assert failure.line == 9


@pytest.mark.parametrize(("until", "new"), [(date(2025, 5, 31), "v1.5.0"), (date(2025, 6, 1), "v1.4.2")])
def test_a_hold_ends_with_its_last_day(until, new):
    found = drafted("v1.4.9", "v1.4.2", ("v1.4.2", "v1.4.9", "v1.5.0"), until=until)

    assert found.changes[0].new == new
    assert replace(found.changes[0], held=False) == found.changes[0]
