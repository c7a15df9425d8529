"""A GitHub: its addresses, its token, and how its refusals are said."""

import json

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import Unreachable
from profile_cd.protocols import Answer
from profile_cd.sources.github.server import Release, Server, absent, published, refused

NO_TOKEN = Secret("")


@pytest.mark.parametrize(
    ("host", "rest", "graphql"),
    [
        ("api.github.com", "https://api.github.com", "https://api.github.com/graphql"),
        ("api.acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("git.acme.example", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
        ("127.0.0.1:80", "http://127.0.0.1:80/api/v3", "http://127.0.0.1:80/api/graphql"),
    ],
)
def test_where_its_interfaces_are(host, rest, graphql):
    server = Server(host, NO_TOKEN)

    assert (server.rest, server.graphql) == (rest, graphql)


def test_the_token_is_sent_and_not_shown():
    server = Server("api.github.com", Secret("ghs_1"))

    assert server.headers["Authorization"] == "Bearer ghs_1"
    assert "Authorization" not in Server("api.github.com", NO_TOKEN).headers
    assert "ghs_1" not in repr(server)


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ([], False),
        ([Release("v1", draft=True), Release("v2", prerelease=True)], False),
        ([Release("v1", draft=True), Release("v2")], True),
    ],
)
def test_a_release_is_neither_draft_nor_prerelease(releases, expected):
    assert published(releases) is expected


def answer(status, body=b"", headers=None):
    return Answer(status, headers or {}, body if isinstance(body, bytes) else json.dumps(body).encode(), "")


@pytest.mark.parametrize(
    ("given", "own", "words"),
    [
        (answer(401), False, "Renew the token of this run"),
        (answer(401), True, "Renew the secret behind the source's `token`"),
        (answer(429), False, "rate limit"),
        (answer(403, headers={"x-ratelimit-remaining": "0"}), False, "rate limit"),
        (answer(403, {"message": "You have exceeded a secondary rate limit"}), False, "rate limit"),
        (answer(404), False, "no GitHub interface"),
        (answer(500, {"message": "a\nb"}), False, "status 500: a b"),
        (answer(200, {"errors": [{"message": "broken"}]}), False, "status 200: broken"),
        (answer(502, b"<html>"), False, "(status 502)."),
    ],
)
def test_a_refusal_is_said_with_what_to_do(given, own, words):
    assert words in str(refused(Server("api.github.com", Secret("t"), own=own), given))


def test_only_a_host_that_may_answer_later_is_unreachable():
    server = Server("api.github.com", NO_TOKEN)

    assert isinstance(refused(server, answer(503)), Unreachable)
    assert not isinstance(refused(server, answer(401)), Unreachable)


@pytest.mark.parametrize(("token", "words"), [("", "it is private"), ("t", "the token may not see it")])
def test_a_repository_that_is_not_shown_may_be_hidden(token, words):
    assert words in str(absent(Server("api.github.com", Secret(token)), ("acme", "app")))
