"""A chart repository's index: fetched with a login or without, and why there is none."""

import pytest

from profile_cd.credentials import Login, Secret, basic
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.sources.helm import charts, fetch
from tests.sources.webs import Spoken

ROBOT = Login("robot", Secret("s3cret"))
URL = "https://charts.example/index.yaml"


@pytest.mark.parametrize(
    ("login", "sent"),
    [(None, None), (ROBOT, basic(ROBOT)), (Login("", Secret("t0ken")), "Bearer t0ken")],
    ids=["none", "a pair", "a token"],
)
def test_the_login_that_is_given_is_sent(login, sent):
    web = Spoken(lambda *_: (200, b"entries: {}"))

    assert fetch((URL, login), web) == b"entries: {}"
    assert web.asked[0][2].get("Authorization") == sent


@pytest.mark.parametrize(
    ("status", "url", "login", "words"),
    [
        (401, URL, None, "Add a login"),
        (403, URL, ROBOT, "The login is wrong"),
        (401, "http://charts.example/index.yaml", None, "Write `https://` in `url`"),
        (404, URL, None, f"no chart index at {URL}"),
        (500, URL, None, "status 500"),
    ],
)
def test_why_there_is_no_index(status, url, login, words):
    with pytest.raises(SourceFailed) as failed:
        fetch((url, login), Spoken(lambda *_: (status, b"")))

    assert words in str(failed.value)
    assert isinstance(failed.value, Unreachable) is (status == 500)


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<html>", "is no chart index"), (b"a: &a [x]\nentries: *a\n", "is not read: it uses an alias")],
)
def test_what_is_no_index_or_is_not_read_is_said(body, words):
    with pytest.raises(SourceFailed, match=words):
        charts((URL, None), body, {"app"})
