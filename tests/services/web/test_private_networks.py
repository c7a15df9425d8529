"""No server sends us into a private network, but to where the manifest's own host lies."""

import pytest

from profile_cd.errors import SourceFailed
from profile_cd.services.web import HttpWeb
from profile_cd.services.web.connections import Inside, is_private
from profile_cd.services.web.deadline import Watchdog
from profile_cd.services.web.session import session
from sandbox.clock import ManualClock
from sandbox.net import Response, Street


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "100.64.0.1", "0.0.0.0", "::1", "[::1]", "fe80::1%eth0",
     "fd00::1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_these_addresses_are_private(address):
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "ghcr.io", ""])
def test_these_are_not(address):
    assert not is_private(address)


class Moved:
    def __init__(self, target):
        self.target = target

    def answer(self, _):
        return Response(302, {"Location": self.target})


class Inner:
    def answer(self, _):
        return Response(200, {}, b"inner")


@pytest.fixture
def street():
    with Street() as street:
        yield street


def through_proxy(street, tmp_path, monkeypatch):
    (tmp_path / "authority.pem").write_bytes(street.authority_pem())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("HTTPS_PROXY", street.proxy())
    return HttpWeb(clock=ManualClock())


@pytest.mark.parametrize("inner", ["127.0.0.1", "169.254.169.254", "[::1]"])
def test_a_public_server_does_not_send_us_inside(street, tmp_path, monkeypatch, inner):
    street.sites["registry.example"] = Moved(f"http://{inner}:1/latest/meta-data")

    with pytest.raises(SourceFailed, match="private network") as failed:
        through_proxy(street, tmp_path, monkeypatch).get("https://registry.example/v2/")
    assert "meta-data" not in str(failed.value)


def test_nor_by_a_name_that_means_an_address_inside(street):
    url = street.listen(Inner()).replace("127.0.0.1", "localhost")
    with Watchdog().within(5, public=True), pytest.raises(Inside):
        session(1).get(url, timeout=1)

    assert street.exchanges == []


def test_nor_over_a_connection_that_is_open_already(street):
    url, asking = street.listen(Inner()), session(1)
    with Watchdog().within(5):
        assert asking.get(url, timeout=1).status_code == 200
    with Watchdog().within(5, public=True), pytest.raises(Inside):
        asking.get(url, timeout=1)

    assert len(street.exchanges) == 1


def test_a_private_server_may_send_us_to_another(street):
    url = street.listen(Moved(street.listen(Inner())))

    assert HttpWeb(clock=ManualClock()).get(url).body == b"inner"


def test_an_address_that_a_public_server_named_is_not_asked_inside(street):
    url = street.listen(Inner()).replace("127.0.0.1", "localhost")

    with pytest.raises(SourceFailed, match="private network"):
        HttpWeb(clock=ManualClock()).get(url, public=True)
    assert street.exchanges == []


def test_an_answer_says_whether_it_came_from_inside(street, tmp_path, monkeypatch):
    street.sites["registry.example"] = Inner()

    assert HttpWeb(clock=ManualClock()).get(street.listen(Inner())).private
    assert not through_proxy(street, tmp_path, monkeypatch).get("https://registry.example/v2/").private
