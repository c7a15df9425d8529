"""The platforms of an image: those of an index, or of a bare manifest's configuration."""

import json

import pytest

from profile_cd.sources.registry import Registries, Repository
from profile_cd.sources.registry.platforms import lacking, platforms
from tests.sources.webs import Spoken


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


DIGEST = "sha256:" + "1" * 64


def of(manifest, wanted=()):
    return platforms(None, json.dumps(manifest).encode(), wanted, None)


def test_an_index_names_its_platforms_and_attestations_are_none():
    index = {
        "manifests": [
            {"digest": DIGEST, "platform": {"os": "linux", "architecture": "amd64"}},
            {"digest": DIGEST, "platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
            {"digest": DIGEST, "platform": {"os": "unknown", "architecture": "unknown"}},
            {"digest": DIGEST, "platform": {"os": "linux"}},
            {"digest": DIGEST},
            {"platform": {"os": "linux", "architecture": "s390x"}},
            "nonsense",
        ]
    }

    assert of(index) == ("linux/amd64", "linux/arm64/v8")


@pytest.mark.parametrize("manifest", [[], "x", {}, {"config": 1}, {"config": {"digest": 1}}])
def test_what_names_no_platform_has_none_and_asks_nobody(manifest):
    assert of(manifest) == ()


@pytest.mark.parametrize(
    ("status", "digest", "known"),
    [(200, DIGEST, ("linux/amd64",)), (404, DIGEST, ()), (200, "sha256:../../x", ())],
)
def test_a_platform_that_is_wanted_has_an_image_behind_it(status, digest, known):
    index = {"manifests": [{"digest": digest, "platform": {"os": "linux", "architecture": "amd64"}}]}
    registries = Registries(Spoken(lambda *_: (status, {})))

    found = platforms(Repository("r.example", "acme/app"), json.dumps(index).encode(), ["amd64"], registries)

    assert found == known
