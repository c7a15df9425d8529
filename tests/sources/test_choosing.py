"""A condition sees what a source lists in the source's order and in every spelling of a version; its own is written."""

import pytest

from profile_cd import sources
from profile_cd.model import Condition, Order
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart

REGISTRY = HelmChart("oci://registry.example/charts", "rancher")
LISTED = ("104.1.1_up57.0.3", "103.1.1_up45.31.1", "9.0.0")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (DockerImage("acme/app"), Order.NONE),
        (REGISTRY, Order.NONE),
        (HelmChart("https://charts.example", "app"), Order.VERSION),
        (GitHubRelease("acme", "app"), Order.AGE),
        (GitTag("https://git.example/a.git"), Order.NONE),
    ],
    ids=lambda each: getattr(each, "id", ""),
)
def test_each_source_has_its_order(source, expected):
    assert sources.order(source) is expected


def test_releases_are_taken_by_age_and_images_by_version():
    listed, latest = ("2.0.0", "1.9.1"), Condition("latest")

    assert sources.choose(GitHubRelease("acme", "app"), listed, latest).picked == "1.9.1"
    assert sources.choose(DockerImage("acme/app"), listed, latest).picked == "2.0.0"


@pytest.mark.parametrize(
    ("condition", "picked"),
    [
        (Condition("semver", "*"), "104.1.1_up57.0.3"),
        (Condition("semver", "<104"), "103.1.1_up45.31.1"),
        (Condition("regex", r"_up45\."), "103.1.1_up45.31.1"),
        (Condition("regex", r"\+up45\."), "103.1.1_up45.31.1"),
        (Condition("regex/semver", "*", regex=r"^(.+)$"), "104.1.1_up57.0.3"),
        (Condition("regex/semver", "<104", regex=r"^(.+)_up"), "103.1.1_up45.31.1"),
        (Condition("latest", "103.1.1+up45.31.1"), "103.1.1_up45.31.1"),
        (Condition("latest", "103.1.1_up45.31.1"), "103.1.1_up45.31.1"),
        (Condition("latest"), "104.1.1_up57.0.3"),
        (Condition("lex"), "9.0.0"),
        (Condition("semver", "^200"), None),
    ],
)
def test_a_plus_is_compared_and_the_registrys_own_spelling_written(condition, picked):
    choice = sources.choose(REGISTRY, LISTED, condition)

    assert choice.picked == picked
    assert sorted(verdict.version for verdict in choice.verdicts) == sorted(LISTED)
    assert {verdict.version for verdict in choice.verdicts if verdict.taken} >= ({picked} if picked else set())


def test_an_image_has_one_spelling():
    assert sources.choose(DockerImage("acme/app"), LISTED, Condition("semver", "*")).picked == "9.0.0"
