"""The street carries requests as they are, counts what comes, and takes as long as it is told."""

import time

import pytest
import requests

from sandbox.net import Response, Street


class Echo:
    """A site that tells what it was asked."""

    def answer(self, request):
        told = {"method": request.method, "path": request.path, "query": request.query, "host": request.host}
        return Response.of_json({**told, "body": request.body.decode(), "origin": request.origin})


@pytest.fixture
def street():
    with Street({"echo.example": Echo()}) as street:
        yield street


@pytest.fixture
def inside(street, tmp_path):
    """A session behind the proxy."""
    trusted = tmp_path / "authority.pem"
    trusted.write_bytes(street.authority_pem())
    with requests.Session() as session:
        session.trust_env = False
        session.proxies, session.verify = {"https": street.proxy()}, str(trusted)
        yield session


def test_a_request_arrives_as_it_was_sent(street):
    url = street.listen(Echo())

    told = requests.put(f"{url}/a%2Fb?x=1&x=2&y=", data="body", timeout=5).json()

    assert told["path"] == "/a%2Fb"
    assert told["query"] == {"x": ["1", "2"], "y": [""]}
    assert (told["method"], told["body"], told["origin"]) == ("PUT", "body", url)


def test_a_body_in_chunks_is_put_together(street):
    parts = (part for part in (b"one, ", b"two"))

    assert requests.post(street.listen(Echo()), data=parts, timeout=5).json()["body"] == "one, two"


def test_a_site_behind_the_proxy_is_reached_by_its_name(inside):
    assert inside.get("https://echo.example/x", timeout=5).json()["origin"] == "https://echo.example"


def test_a_host_that_does_not_stand_on_the_street_gives_502(inside):
    assert inside.get("https://elsewhere.example/", timeout=5).status_code == 502


def test_a_client_that_does_not_trust_us_is_left_in_silence(street, inside, capfd):
    inside.verify = True

    with pytest.raises(requests.exceptions.SSLError):
        inside.get("https://echo.example/", timeout=5)

    assert capfd.readouterr().err == ""
    assert street.exchanges == []


def test_one_connection_serves_many_requests(street, inside):
    for _ in range(3):
        inside.get("https://echo.example/", timeout=5)

    assert (len(street.exchanges), street.connections) == (3, 1)
    assert {exchange.connection for exchange in street.exchanges} == {1}


def test_latency_is_one_round_trip_for_the_connection_and_one_for_each_answer(street, inside):
    inside.get("https://echo.example/", timeout=5)  # so that the certificate is there
    street.latency = 0.1

    def took():
        inside.close()
        began = time.monotonic()
        for _ in range(2):
            inside.get("https://echo.example/", timeout=5)
        return time.monotonic() - began

    times = [took() for _ in range(3)]
    assert min(times) >= 0.3
    assert min(times) < 0.4, "other work on the machine makes it later, but not three times"


def test_the_hook_added_last_meets_the_request_first(street):
    url = street.listen(Echo())
    met = []
    for name in ("first", "last"):
        street.hooks.append(lambda _, call, name=name: (met.append(name), call())[1])

    requests.get(url, timeout=5)

    assert met == ["last", "first"]


def test_a_mistake_of_a_site_is_not_hidden(street, capfd):
    with pytest.raises(requests.ConnectionError):
        requests.get(street.listen(object()), timeout=5)

    assert "AttributeError" in capfd.readouterr().err
