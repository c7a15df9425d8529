"""Releases by REST, for those without a token: newest first on the wire, oldest first here."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import SourceFailed
from profile_cd.sources.github import Server, Wanted, rest
from tests.sources.webs import Spoken

SERVER = Server("api.github.com", Secret(""))
BASE = "https://api.github.com/repos/acme/app"


def release(tag, **more):
    return {"tag_name": tag, "name": tag.upper(), "draft": False, "prerelease": False, **more}


def tag(name):
    return {"name": name, "commit": {"sha": f"commit-{name}"}}


def asked(pages, **wanted):
    """What is found where each address (below the repository's) gives the answer that *pages* has for it."""
    web = Spoken(lambda _method, url, *_: pages.get(url.removeprefix(BASE), (404, {})))
    this = Wanted(("acme", "app"), **wanted)
    return rest.ask(SERVER, [this], web)[this]


LIST, TAGS = "/releases?per_page=100", "/tags?per_page=100"


def test_pages_are_followed_and_turned_round():
    found = asked({
        LIST: (200, [release("v3"), release("v2")], {"link": f'<{BASE}/releases?page=2>; rel="next"'}),
        "/releases?page=2": (200, [release("v1", prerelease=True)]),
    })  # fmt: skip

    assert [(each.tag, each.title, each.prerelease) for each in found.releases] == [
        ("v1", "V1", True), ("v2", "V2", False), ("v3", "V3", False),
    ]  # fmt: skip


def test_commits_and_the_latest_are_asked_for_where_they_are_wanted():
    found = asked(
        {
            LIST: (200, [release("v2"), release("v1")]),
            TAGS: (200, [tag("v2")]),
            "/releases/latest": (200, release("v1")),
        },
        commits=True,
        latest=True,
    )

    assert [(each.tag, each.commit, each.latest) for each in found.releases] == [
        ("v1", "", True), ("v2", "commit-v2", False),
    ]  # fmt: skip


def test_tags_count_where_there_is_no_release():
    found = asked({LIST: (200, []), TAGS: (200, [tag("v2"), tag("v1")])}, tags=True)

    assert [(each.tag, each.title, each.commit) for each in found.tags] == [
        ("v1", "v1", "commit-v1"), ("v2", "v2", "commit-v2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ((404, {}), "shows no repository"),
        ((200, {}), "does not list releases"),
        ((200, [1]), "unexpected shape"),
        ((200, [{}]), "unexpected shape"),
        ((200, [], {"link": '<https://evil.example/x>; rel="next"'}), "https://evil.example/x"),
        ((200, [], {"link": f'<{BASE}{LIST}>; rel="next"'}), "do not end"),
    ],
)
def test_what_is_no_list_is_a_failure(page, words):
    found = asked({LIST: page})

    assert isinstance(found, SourceFailed)
    assert words in str(found)
