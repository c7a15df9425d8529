"""What cosign files beside an image is no version, and nothing else is taken for it."""

import pytest

from profile_cd.versions.verdicts import is_noise

DIGEST = "0" * 64


@pytest.mark.parametrize(
    "tag", [f"sha256-{DIGEST}.sig", f"sha256-{DIGEST}.att", f"sha256-{DIGEST}.sbom", f"sha256-{DIGEST}", ""]
)
def test_signatures_and_their_like_are_noise(tag):
    assert is_noise(tag)


@pytest.mark.parametrize("tag", ["1.2.3", "sha256-main", "sha256-abc", "v1.0.0.sig", "latest", " "])
def test_a_tag_is_none(tag):
    assert not is_noise(tag)
