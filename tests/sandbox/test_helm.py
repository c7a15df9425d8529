"""The chart index is one that Helm would have written, and it is served as GitHub Pages does."""

import gzip

import pytest
import requests
import yaml

from sandbox.helm import Helm, Pages, long_history
from sandbox.net import Street

CHARTS = {"platform": ["1.9.0", "1.10.0", "2.0.0+build.7"], "toolkit": ["0.1.0-rc.1"]}


@pytest.fixture
def street():
    with Street() as street:
        yield street


def index(url, **headers):
    return requests.get(f"{url}/index.yaml", headers=headers, timeout=5)


def test_the_index_has_every_version_newest_first(street):
    said = yaml.safe_load(index(street.listen(Helm(CHARTS))).content)

    assert said["apiVersion"] == "v1"
    assert [entry["version"] for entry in said["entries"]["platform"]] == ["2.0.0+build.7", "1.10.0", "1.9.0"]
    assert said["entries"]["toolkit"][0]["urls"] == ["toolkit-0.1.0-rc.1.tgz"]


def test_versions_and_app_versions_that_look_like_numbers_are_quoted(street):
    site = Helm({"odd": ["1.10", "1"]}, app_versions={("odd", "1"): "2.50"})

    entries = yaml.safe_load(index(street.listen(site)).content)["entries"]["odd"]

    assert [(entry["version"], entry.get("appVersion")) for entry in entries] == [("1", "2.50"), ("1.10", None)]


def test_a_deprecated_version_says_so(street):
    site = Helm(CHARTS, deprecated=[("platform", "1.9.0")])

    entries = yaml.safe_load(index(street.listen(site)).content)["entries"]["platform"]

    assert [entry.get("deprecated") for entry in entries] == [None, None, True]


def test_an_unchanged_index_is_not_sent_again_and_a_changed_one_is(street):
    site = Helm(CHARTS)
    url = street.listen(site)
    etag = index(url).headers["ETag"]

    unchanged = index(url, **{"If-None-Match": etag})
    site.publish("platform", "2.1.0")

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert index(url, **{"If-None-Match": etag}).status_code == 200


def test_the_index_is_packed_only_for_those_who_can_unpack(street):
    url = street.listen(Helm(CHARTS))

    packed = requests.get(f"{url}/index.yaml", headers={"Accept-Encoding": "gzip"}, stream=True, timeout=5)
    plain = index(url, **{"Accept-Encoding": "identity"})

    assert gzip.decompress(packed.raw.read()) == plain.content
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("value", ["Basic dTpw", "Bearer abc"])
def test_a_guarded_repository_wants_its_header(street, value):
    url = street.listen(Helm(CHARTS, authorization=value))

    assert [index(url).status_code, index(url, Authorization=value).status_code] == [401, 200]


def test_one_host_holds_several_repositories(street):
    url = street.listen(Pages({"/charts": Helm({"a": ["1.0.0"]}), "/helm/repo": Helm({"b": ["2.0.0"]})}))

    assert b"version: 1.0.0" in index(f"{url}/charts").content
    assert b"version: 2.0.0" in index(f"{url}/helm/repo").content
    assert index(f"{url}/elsewhere").status_code == 404


def test_a_long_history_makes_five_megabytes(street):
    size = len(index(street.listen(Helm(long_history())), **{"Accept-Encoding": "identity"}).content)

    assert 4_500_000 < size < 5_500_000
