"""A source is asked once more past every cache, by name where its protocol can."""

from profile_cd import sources
from profile_cd.credentials import Credentials
from profile_cd.sources import DockerImage, GitHubRelease, HelmChart, Session
from tests.sources.webs import Spoken

INDEX = b"apiVersion: v1\nentries:\n  books:\n  - version: 1.0.0\n    name: books\n"
CHART = HelmChart("https://charts.example", "books")


def asking(site):
    web = Spoken(site)
    return web, sources.fresh(Session(web, Credentials()))


def test_an_image_is_asked_for_its_tag_by_a_head_that_no_registry_counts():
    web, session = asking(lambda *_: (200, {}))

    assert sources.again(DockerImage("acme/ledger"), ("v1.5.0",), ("v1.4.2",), session) == ("v1.4.2", "v1.5.0")
    assert [method for method, _, _ in web.asked] == ["HEAD"]


def test_a_tag_that_is_not_there_leaves_the_list_as_it_was():
    _, session = asking(lambda *_: (404, {}))

    assert sources.again(DockerImage("acme/ledger"), ("v1.5.0",), ("v1.4.2",), session) == ("v1.4.2",)


def test_a_release_is_asked_for_by_its_tag():
    release = {"tag_name": "v1.5.0", "name": "", "draft": False, "prerelease": False}
    web, session = asking(lambda *_: (200, release))

    assert sources.again(GitHubRelease("acme", "tests"), ("v1.5.0",), ("v1.4.2",), session) == ("v1.4.2", "v1.5.0")
    assert web.asked[0][1].endswith("/repos/acme/tests/releases/tags/v1.5.0")


def test_an_index_is_read_again_past_caches_and_sent_only_once_where_it_stays_the_same():
    def site(_method, _url, headers, _sent):
        return (304, b"") if "If-None-Match" in headers else (200, INDEX, {"etag": '"1"'})

    web, session = asking(site)

    for _ in range(2):
        assert sources.again(CHART, ("1.1.0", "v1.1.0"), ("1.0.0",), session) == ("1.0.0",)
    assert all(headers["Cache-Control"] == "no-cache" for _, _, headers in web.asked)
    assert web.asked[1][2]["If-None-Match"] == '"1"'


def test_a_tagfilter_leaves_a_version_out_before_any_condition():
    assert not sources.keeps(DockerImage("acme/ledger", tagfilter="^x"), "v1.5.0")
    assert sources.keeps(DockerImage("acme/ledger"), "v1.5.0")
