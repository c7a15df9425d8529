"""Which values may take each other's place."""

import pytest

from profile_cd.targets.shape import fits, shape

SHAPES = {
    "v17.0.2": "other",
    "1.2.3": "other",
    "latest": "other",
    "17.0.2-snapshot.1+build": "other",
    "sha256:0ab1": "other",
    "": "other",
    "mojaloop/central-ledger:v17.0.2": "reference",
    "ghcr.io/a/b@sha256:0ab": "reference",
    "localhost:5000/a": "reference",
    "redis:7.0": "reference",
    "a/b": "reference",
    "nginx@sha256:0ab1": "reference",
    "acme/charts/ledger": "reference",
    "chart/v1.1.0": "other",
    "charts/ledger-api/1.1.0-rc.1+x": "other",
    "https://x.y/archive/v1.zip": "url",
    "oci://ghcr.io/a/b": "url",
}


@pytest.mark.parametrize(("value", "expected"), SHAPES.items())
def test_a_value_has_a_shape(value, expected):
    assert shape(value) == expected


@pytest.mark.parametrize("old", ["nginx@sha256:0ab1", "nginx", "", "null", "TODO"])
def test_what_waits_for_its_first_version_takes_a_reference(old):
    assert fits(old, "nginx:1.27.0")


@pytest.mark.parametrize(
    ("old", "new"),
    [("v1.2.3", "1.2.4"), ("a/b:1", "c/d:2"), ("latest", "v1"), ("v1.0.0", "chart/v1.1.0"), ("a/v1", "v2")],
)
def test_another_version_keeps_the_shape(old, new):
    assert fits(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v1", "a/b:v1"),
        ("latest", "a/b:v1"),
        ("a/b:v1", "v1"),
        ("a/b:v1", "latest"),
        ("a/b:v1", "chart/v1.1.0"),
        ("https://x/v1", "v1"),
        ("a/b", "https://a/b"),
    ],
)
def test_swapped_keys_change_the_shape(old, new):
    assert not fits(old, new)
