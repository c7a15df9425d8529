"""Which ways in a registry offers, and which token server may see its login."""

import pytest

from profile_cd.sources.registry.challenge import Challenge, challenges, trusted


@pytest.mark.parametrize(
    ("header", "offered"),
    [
        (
            'Bearer realm="https://auth.example/token",service="r.example",scope="repository:a/b:pull"',
            [Challenge("bearer", "https://auth.example/token", "r.example", "repository:a/b:pull")],
        ),
        ("Basic realm=registry", [Challenge("basic", "registry")]),
        ("basic", [Challenge("basic")]),
        (
            'Basic realm="one, two", Bearer realm="https://auth.example/token"',
            [Challenge("basic", "one, two"), Challenge("bearer", "https://auth.example/token")],
        ),
        ('Bearer REALM = "https://auth.example"', [Challenge("bearer", "https://auth.example")]),
        ("Negotiate", []),
        ("", []),
    ],
)
def test_a_header_may_offer_several_ways(header, offered):
    assert challenges(header) == offered


def test_a_header_without_end_costs_no_time():
    assert challenges("Bearer " + 'a="b",' * 1_000_000) == [Challenge("bearer")]


@pytest.mark.parametrize(
    ("host", "realm"),
    [
        ("r.example", "https://r.example/token"),
        ("r.example:5000", "https://r.example:5000/token"),
        ("r.example:5000", "https://r.example/token"),
        ("registry.gitlab.com", "https://gitlab.com/jwt/auth"),
        ("registry-1.docker.io", "https://auth.docker.io/token"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000/token"),
        ("localhost:5000", "http://localhost:5000/token"),
    ],
)
def test_the_same_host_its_parent_and_a_neighbour_may_see_the_login(host, realm):
    assert trusted(host, realm)


@pytest.mark.parametrize(
    ("host", "realm"),
    [
        ("r.example.com", "http://r.example.com/token"),
        ("r.acme.com", "https://evil.com/token"),
        ("r.acme.com", "https://acme.com.evil.com/token"),
        ("r.acme.com", "https://evilacme.com/token"),
        ("acme.com", "https://evil.com/token"),
        ("acme.co.uk", "https://evil.co.uk/token"),
        ("10.0.0.1", "https://10.0.0.2/token"),
        ("1.2.3.4", "https://2.3.4/token"),
        ("127.0.0.1:5000", "https://auth.evil.com/token"),
        ("r.acme.com", "https://r.acme.com@evil.com/token"),
        ("r.acme.com", ""),
        ("r.acme.com", "https://[::1"),
    ],
)
def test_nobody_else_may(host, realm):
    assert not trusted(host, realm)
