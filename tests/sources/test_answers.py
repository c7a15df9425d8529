"""What every kind of source reads in an answer, whatever the server made of it."""

import pytest

from profile_cd.errors import SourceFailed
from profile_cd.protocols import Answer
from profile_cd.sources import answers

BASE = "https://r.example/v2/x/tags/list"


def answer(status=200, body=b"", **headers):
    return Answer(status, headers, body, BASE)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'{"a": [1]}', {"a": [1]}),
        (b"null", None),
        (b"", None),
        (b"<html>", None),
        (b"\xff\xfe", None),
        (b"[" * 200_000, None),
    ],
)
def test_a_body_that_is_no_json_is_nothing_and_never_an_error(body, read):
    assert answers.parsed(answer(body=body)) == read


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ('</v2/x/tags/list?last=b>; rel="next"', "https://r.example/v2/x/tags/list?last=b"),
        ("<?page=2>; rel=next", f"{BASE}?page=2"),
        ('<https://other.example/2>; rel="next"', "https://other.example/2"),
        ('</first>; rel="first", </2>; rel="next"', "https://r.example/2"),
        ('</2>; title="x"; REL="NEXT"', "https://r.example/2"),
        ('</2>; rel="nextish"', ""),
        ('</1>; rel="prev"', ""),
        ("", ""),
        ("rel=next", ""),
    ],
)
def test_the_next_page_is_absolute(link, page):
    assert answers.next_page(answer(link=link)) == page


@pytest.mark.parametrize("target", ["mailto:ada@acme.example", "http://[::1"])
def test_a_next_page_without_an_address_is_a_failure_and_no_end_of_the_list(target):
    with pytest.raises(SourceFailed, match=r"r\.example names a next page that has no address"):
        answers.next_page(answer(link=f'<{target}>; rel="next"'))


def test_a_header_without_end_costs_no_time():
    assert answers.next_page(answer(link="<" * 1_000_000)) == ""


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, b"<html>", "status 200, but not JSON: perhaps a proxy or a sign-in page answered"),
        (404, b'{"errors": [{"code": "NAME_UNKNOWN", "message": "no"}]}', "status 404, NAME_UNKNOWN"),
        (403, b'{"errors": [{"message": "denied"}]}', "status 403, denied"),
        (500, b'{"errors": [{}]}', "status 500, without a code"),
        (502, b"<html>", "status 502"),
        (401, b'{"errors": "x"}', "status 401"),
    ],
)
def test_what_went_wrong_is_said_with_the_server_s_own_code(status, body, words):
    assert answers.words(answer(status, body)) == words


def test_a_server_s_own_code_is_cut():
    body = b'{"errors": [{"code": "' + b"x" * 1000 + b'"}]}'

    assert answers.words(answer(500, body)) == f"status 500, {'x' * 99}…"
