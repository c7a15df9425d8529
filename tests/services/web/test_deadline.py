"""No server keeps us longer than its time, however it spends it."""

import ssl
import time

import pytest
import trustme

from profile_cd.errors import Unreachable
from profile_cd.services.clock import SystemClock
from profile_cd.services.web import HttpWeb, Limits
from sandbox.net import Response, Street, hostile

LIMITS = Limits(connect=0.5, read=0.5, whole=0.6)
"""Seconds; the pieces of a hostile server come much faster than `read` asks for."""


class NoPauses(SystemClock):
    """The real time; pauses between tries are counted and not made."""

    def __init__(self):
        self.pauses = 0

    def sleep(self, _):
        self.pauses += 1


class Good:
    def answer(self, _):
        return Response(200, {}, b"good")


def web(clock=None, **options):
    return HttpWeb(clock=clock or NoPauses(), limits=LIMITS, **options)


@pytest.mark.parametrize("pieces", hostile.ENDLESS, ids=lambda each: each.__name__)
def test_an_answer_without_end_ends_by_the_clock(pieces):
    started, clock = time.monotonic(), NoPauses()
    with hostile.serving(pieces) as url, pytest.raises(Unreachable, match="not complete after"):
        web(clock).get(url)

    assert time.monotonic() - started < 4
    # It is not asked again: another answer would take as long.
    assert clock.pauses == 0


@pytest.mark.parametrize("pieces", [hostile.dripped_header, hostile.dripped_body], ids=lambda each: each.__name__)
def test_over_tls_it_ends_too(pieces, tmp_path, monkeypatch):
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    started = time.monotonic()
    with hostile.serving(pieces, tls=context) as url, pytest.raises(Unreachable, match="not complete after"):
        web().get(url)

    assert time.monotonic() - started < 4


def test_a_proxy_that_never_lets_us_through_ends_too(monkeypatch):
    started = time.monotonic()
    with hostile.serving(hostile.dripped_header) as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        with pytest.raises(Unreachable, match="not complete after"):
            web().get("https://packages.example/")

    assert time.monotonic() - started < 4


def test_a_host_that_drips_is_given_up_and_the_others_go_on():
    started = time.monotonic()
    with Street() as street, hostile.serving(hostile.dripped_header) as bad:
        good = street.listen(Good())
        urls = [f"{bad}/{number}" for number in range(12)] + [f"{good}/{number}" for number in range(12)]
        answers = web(workers=4).side_by_side(web(workers=4).get, urls)

    assert [isinstance(each, Unreachable) for each in answers] == [True] * 12 + [False] * 12
    assert time.monotonic() - started < 6


def test_the_next_answer_of_a_kept_connection_has_its_own_time():
    with Street() as street:
        url, asking = street.listen(Good()), web()
        for _ in range(3):
            assert asking.get(url).body == b"good"
            time.sleep(LIMITS.whole / 2)

        assert street.connections == 1
