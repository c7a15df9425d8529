"""When versions were published: asked of images, indexes and releases, and only where a policy wants an age."""

from datetime import UTC, datetime

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, Session
from profile_cd.sources.dates import _moment
from sandbox.clock import ManualClock
from sandbox.helm import Helm
from sandbox.net import Street
from sandbox.registry import Registry

MAY = datetime(2025, 5, 1, 10, tzinfo=UTC)
TEXT = "2025-05-01T10:00:00Z"


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def session():
    return Session(HttpWeb(clock=ManualClock()), Credentials())


def one(source, version, session):
    return sources.created([(source, version)], session)[source, version]


@pytest.mark.parametrize("platforms", [("linux/amd64", "linux/arm64"), ()])
def test_an_image_is_as_old_as_its_configuration_says(street, session, platforms):
    registry = Registry({"acme/app": []})
    registry.publish("acme/app", "v1", platforms=platforms, created=TEXT)
    host = street.listen(registry).removeprefix("http://")

    assert one(DockerImage(f"{host}/acme/app"), "v1", session) == MAY


def test_an_image_that_is_built_the_same_every_time_has_no_age(street, session):
    registry = Registry({"acme/app": []})
    registry.publish("acme/app", "v1", created="1970-01-01T00:00:00Z")
    host = street.listen(registry).removeprefix("http://")

    assert one(DockerImage(f"{host}/acme/app"), "v1", session) is None


def test_a_chart_is_as_old_as_its_index_says_without_another_question(street, session):
    source = HelmChart(
        street.listen(Helm({"ledger": ["1.0.0", "1.1.0"]}, created={("ledger", "1.1.0"): TEXT})), "ledger"
    )
    sources.ask([source], session)
    asked = len(street.exchanges)

    assert one(source, "1.1.0", session) == MAY
    assert len(street.exchanges) == asked


def test_a_release_is_as_old_as_its_list_says(session):
    source = GitHubRelease("acme", "app")
    session.dates[source, "v1"] = TEXT

    assert one(source, "v1", session) == MAY
    assert one(source, "v2", session) is None


def test_a_bare_tag_has_no_age(session):
    assert one(GitTag("https://git.example.com/acme/app"), "v1", session) is None


def test_what_cannot_be_asked_has_no_age(street, session):
    host = street.listen(Registry({})).removeprefix("http://")

    assert one(DockerImage(f"{host}/acme/none"), "v1", session) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (TEXT, MAY),
        ("2025-05-01T12:00:00.123456789+02:00", MAY),
        ("2025-05-01 10:00:00z", MAY),
        ("2025-05-01T10:00:00", None),
        ("2025-13-01T10:00:00Z", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_is_read_as_the_world_writes_it(text, moment):
    assert _moment(text) == moment
