"""What manifest and source say of a change beside history."""

from datetime import UTC, datetime

import pytest

from profile_cd import manifest as manifests
from profile_cd import plan, transformers
from profile_cd.judgement import Facts, facts
from profile_cd.model import Condition, Loaded, SourceUse
from profile_cd.sources import DockerImage
from profile_cd.versions import Direction, choose
from tests.judgement.histories import MANIFEST, VALUES, Made, change, manifest, values

NOW = datetime(2025, 6, 1, tzinfo=UTC)
IMAGE = DockerImage("acme/ledger")


def known(*listed, steps=None, **more):
    use = SourceUse("s", 1, IMAGE, Condition("semver"), transformers.read(steps or {}))
    return Facts(use, choose(listed, use.condition) if listed else None, **more)


def test_the_facts_of_a_change_are_those_of_its_own_manifest():
    history = Made()
    history.commit({VALUES: values("v1.0.0"), MANIFEST: manifest()})
    read, _ = manifests.read(manifest(), MANIFEST, {})
    draft = plan.draft(Loaded(tuple(read)), {IMAGE: ("v1.0.0", "v1.1.0")}, history.snapshot())

    (found,) = facts.gather(draft, Loaded(tuple(read)), {(IMAGE, "v1.1.0"): NOW}, {}, "").values()

    assert found.use is read[0].sources[0]
    assert found.choice.picked == "v1.1.0"
    assert found.created is NOW


@pytest.mark.parametrize(
    ("label", "value", "listed"),
    [
        ("behind a prefix", "acme/x:v1.0.0", True),
        ("all of several", "acme/x:v1.0.0, acme/x:v1.1.0", True),
        ("one of several is not", "acme/x:v1.0.0, acme/x:v9.0.0", False),
        ("another spelling", "acme/x:1.0.0", False),
        ("no version", "main", False),
    ],
)
def test_a_value_is_listed_where_a_listed_version_makes_it(label, value, listed):
    found = known("v1.0.0", "v1.1.0", steps={"addprefix": "acme/x:"})

    assert found.lists(value) is listed, label


def test_nothing_is_missing_from_a_list_that_was_not_asked_for_or_does_not_matter():
    assert known().lists("v9.0.0")
    assert known("v1.0.0", fixed=True).lists("v9.0.0")


def test_the_way_is_that_of_the_condition_behind_the_transformers():
    found = known("v1.0.0", "v1.1.0", steps={"trimprefix": "v"})

    assert found.way(change("1.0.0", "1.1.0"), "1.0.0") is Direction.UP
    assert found.way(change("main", "1.1.0"), "main") is Direction.UNKNOWN


@pytest.mark.parametrize(
    ("old", "new", "major"),
    [("v1.9.0", "v2.0.0", True), ("v1.9.0", "v1.10.0", False), ("v2.0.0", "v1.0.0", False), ("main", "v1.0.0", False)],
)
def test_a_major_is_a_step_up_in_the_first_number(old, new, major):
    assert known().is_major(change(old, new)) is major
