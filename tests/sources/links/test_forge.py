"""A text from outside becomes an address only where it is a plain one, and a comparison only between two tags."""

import pytest

from profile_cd.model import Link
from profile_cd.sources.links import forge

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("https://github.com/acme/ledger", "https://github.com/acme/ledger"),
        ("https://github.com/acme/ledger.git", "https://github.com/acme/ledger"),
        ("https://github.com/acme/ledger/", "https://github.com/acme/ledger"),
        ("https://github.com/acme/ledger?x=1#y", "https://github.com/acme/ledger"),
        ("https://acme.example", "https://acme.example"),
        ("http://github.com/acme/ledger", ""),
        ("git@github.com:acme/ledger.git", ""),
        ("https://user:secret@github.com/acme/ledger", ""),
        ("https://github.com:8443/acme", ""),
        ("https://localhost/acme", ""),
        ("https://GitHub.com/acme", ""),
        ("https://github.com/acme/../other", ""),
        ("https://github.com/acme/./ledger", ""),
        ("https://github.com/acme/led ger", ""),
        ("https://github.com/acme)](https://evil.example", ""),
        ("https://github.com/acme\n::error::x", ""),
        ("javascript:alert(1)", ""),
        (f"https://github.com/{'x' * 300}", ""),
        (None, ""),
        (["https://github.com/acme"], ""),
    ],
)
def test_only_a_plain_address_over_https_is_a_page(text, page):
    assert forge.page(text) == page


@pytest.mark.parametrize(
    ("page", "root"),
    [
        ("https://github.com/acme/ledger", "https://github.com/acme/ledger"),
        ("https://github.com/acme/ledger/tree/main/chart", "https://github.com/acme/ledger"),
        ("https://gitlab.com/acme/group/ledger", "https://gitlab.com/acme/group/ledger"),
        ("https://gitlab.com/acme/group/ledger/-/tree/main", "https://gitlab.com/acme/group/ledger"),
        ("https://gitlab.acme.example/a/b", "https://gitlab.acme.example/a/b"),
        ("https://github.com/acme", ""),
        ("https://github.com", ""),
        ("https://acme.example/acme/ledger", ""),
        ("https://github.com.evil.example/acme/ledger", ""),
    ],
)
def test_the_repository_of_a_page_is_known_on_github_and_gitlab_only(page, root):
    assert forge.repository(page) == root


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("v1.2", "v1.3", True),
        ("ledger-1.2", "ledger-1.3", True),
        ("1.2.0", "1.3.0-rc.1", True),
        ("1.2", "v1.3", False),
        ("v1.2", "v1.2", False),
        ("latest", "v1.3", False),
        ("v1", "v1...evil", False),
        ("v1.2", "v1.3 x", False),
        ("", "v1.3", False),
    ],
)
def test_two_tags_are_compared_where_they_are_spelled_alike(old, new, same):
    assert forge.alike(old, new) is same


def test_a_page_on_github_shows_source_commit_and_comparison():
    page = "https://github.com/acme/ledger"

    assert forge.about(page, "v1.2", "v1.3+build", COMMIT) == (
        Link("Source", page),
        Link("Commit 0123456", f"{page}/commit/{COMMIT}"),
        Link("Comparison", f"{page}/compare/v1.2...v1.3%2Bbuild"),
    )


def test_gitlab_keeps_its_pages_apart():
    page = "https://gitlab.com/acme/ledger"

    assert [link.url for link in forge.about(page, "v1.2", "v1.3", COMMIT)] == [
        page,
        f"{page}/-/commit/{COMMIT}",
        f"{page}/-/compare/v1.2...v1.3",
    ]


@pytest.mark.parametrize("revision", ["main", COMMIT[:7], COMMIT.upper(), f"{COMMIT}/../x", 1, None])
def test_a_revision_that_is_no_whole_commit_is_no_link(revision):
    assert len(forge.about("https://github.com/acme/ledger", "x", "y", revision)) == 1


def test_a_page_elsewhere_is_shown_with_its_host_and_nothing_is_guessed():
    assert forge.about("https://acme.example/x", "v1", "v2", COMMIT) == (
        Link("Source at acme.example", "https://acme.example/x"),
    )
    assert forge.about("", "v1", "v2") == ()


def test_web_pages_are_shown_once_with_the_releases_of_those_on_github():
    found = forge.of_pages(
        ["https://github.com/acme/ledger", "https://github.com/acme/ledger/", "ftp://x", "https://acme.example"]
    )

    assert [(link.title, link.url) for link in found] == [
        ("Source", "https://github.com/acme/ledger"),
        ("Releases", "https://github.com/acme/ledger/releases"),
        ("Page at acme.example", "https://acme.example"),
    ]
