"""The platforms of an image: those of an index, or of a bare manifest's configuration."""

import json

import pytest

from profile_cd.sources.registry.platforms import lacking, platforms


@pytest.mark.parametrize(
    ("wanted", "known", "missing"),
    [
        (["amd64"], ["linux/amd64"], ""),
        (["linux/amd64"], ["linux/amd64", "linux/arm64/v8"], ""),
        (["arm64"], ["linux/arm64/v8"], ""),
        (["linux/arm64/v8"], ["linux/arm64/v8"], ""),
        (["linux/arm64/v7"], ["linux/arm64/v8"], "linux/arm64/v7"),
        (["amd64", "arm64"], ["linux/amd64"], "linux/arm64"),
        (["arm"], ["linux/arm64"], "linux/arm"),
        (["windows/amd64"], ["linux/amd64"], "windows/amd64"),
        (["amd64"], [], "linux/amd64"),
        ([], [], ""),
    ],
)
def test_the_first_platform_that_is_lacking_is_named(wanted, known, missing):
    assert lacking(wanted, known) == missing


def of(manifest):
    return platforms(None, json.dumps(manifest).encode(), (), None)


def test_an_index_names_its_platforms_and_attestations_are_none():
    index = {
        "manifests": [
            {"platform": {"os": "linux", "architecture": "amd64"}, "digest": "sha256:1"},
            {"platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}, "digest": "sha256:2"},
            {"platform": {"os": "unknown", "architecture": "unknown"}},
            {"digest": "sha256:x"},
            "nonsense",
        ]
    }

    assert of(index) == ("linux/amd64", "linux/arm64/v8")


@pytest.mark.parametrize("manifest", [[], "x", {}, {"config": 1}, {"config": {"digest": 1}}])
def test_what_names_no_platform_has_none_and_asks_nobody(manifest):
    assert of(manifest) == ()
