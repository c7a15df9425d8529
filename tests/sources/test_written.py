"""What several kinds of source read alike, out of what an author wrote."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.sources.written import address, github_name, login_is_whole


class Spec:
    """One level of a manifest: what is written at each key, all in line 7."""

    def __init__(self, **fields):
        self.fields = fields

    def has(self, name):
        return name in self.fields

    def at(self, _name):
        return 7

    def text(self, name, default=""):
        return self.fields.get(name, default)


@pytest.mark.parametrize("fields", [{}, {"token": "t"}, {"username": "u", "password": "p"}])
def test_a_whole_login_or_none_is_fine(fields):
    login_is_whole(Spec(**fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "u"}, "without a `password`"),
        ({"password": "p"}, "without a `username`"),
        ({"username": "u", "password": "p", "token": "t"}, "beside"),
    ],
)
def test_half_a_login_or_two_are_refused_at_their_line(fields, words):
    with pytest.raises(Unreadable, match=words) as failed:
        login_is_whole(Spec(**fields))
    assert failed.value.line == 7


@pytest.mark.parametrize("name", ["acme", "acme-corp", "a.b_c"])
def test_a_name_on_github(name):
    assert github_name(Spec(owner=name), "owner") == name


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a b", "https://github.com/acme"])
def test_no_name_on_github(name):
    with pytest.raises(Unreadable, match="no name on GitHub"):
        github_name(Spec(owner=name), "owner")


@pytest.mark.parametrize(
    ("url", "default", "expected"),
    [
        ("https://charts.example/stable", "", "https://charts.example/stable"),
        ("oci://r.example/x", "", "oci://r.example/x"),
        ("git.acme.example", "https", "https://git.acme.example"),
    ],
)
def test_an_address_is_taken_as_it_is(url, default, expected):
    assert address(Spec(url=url), ("https", "oci"), default) == expected


@pytest.mark.parametrize(
    "url",
    ["", "charts.example", "ftp://x.example", "https://", "https://[x", "https://x:port", "https://a b", "https://a\\b",
     "https://u:p@x.example"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(url):
    with pytest.raises(Unreadable):
        address(Spec(url=url), ("https", "oci"))
