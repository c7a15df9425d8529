"""What a release writes into files; building, pushing and attesting can only be tried on GitHub."""

from __future__ import annotations

import pytest
import yaml

from tests.paths import ROOT
from tools import release

IMAGE = f"ghcr.io/infitx-org/profile-cd-action@sha256:{'a' * 64}"
ACTIONS = (ROOT / "action.yml", *ROOT.glob("*/action.yml"))


@pytest.mark.parametrize("place", ACTIONS, ids=lambda path: path.parent.name)
def test_a_released_action_names_its_image_by_digest_and_nothing_else_changes(place):
    before = place.read_text("utf-8")
    after = release.with_image(before, IMAGE)

    assert yaml.safe_load(after)["runs"]["image"] == f"docker://{IMAGE}"
    assert len(set(before.splitlines()) ^ set(after.splitlines())) == 2


def test_an_image_without_a_digest_is_not_released():
    with pytest.raises(ValueError, match="no image with a digest"):
        release.with_image(ACTIONS[0].read_text("utf-8"), "ghcr.io/infitx-org/profile-cd-action:1.2.0")


def test_every_place_that_names_the_action_follows_a_release_and_the_next_one():
    for place in (ROOT / "README.md", *(ROOT / "examples").glob("*.yaml")):
        text = place.read_text("utf-8")
        first = release.with_release(text, "b" * 40, "1.0.0")
        second = release.with_release(first, "c" * 40, "1.0.1")

        assert "not released yet" not in first
        assert second == first.replace("b" * 40, "c" * 40).replace("# v1.0.0", "# v1.0.1") != text


def test_what_is_unreleased_moves_below_the_version():
    changelog = release.with_heading((ROOT / "CHANGELOG.md").read_text("utf-8"), "1.0.0", "2026-12-01")

    assert "## Unreleased\n\n## 1.0.0 - 2026-12-01\n\n### Added\n" in changelog
