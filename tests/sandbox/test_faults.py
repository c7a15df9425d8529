"""Each fault looks to a client as the real one does, and passes when its number is up."""

import time

import pytest
import requests

from sandbox.net import Response, Street, faults


class Counter:
    """A site that counts what reached it."""

    def __init__(self):
        self.calls = 0

    def answer(self, request):
        self.calls += 1
        return Response.of_json({"path": request.path, "filler": "x" * 2000})


@pytest.fixture
def site():
    return Counter()


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def url(street, site):
    return street.listen(site)


def test_a_status_is_answered_a_number_of_times_with_its_headers(street, site, url):
    street.hooks.append(faults.status(429, b"slow down", headers={"Retry-After": "1"}, times=2))

    answers = [requests.get(url, timeout=5) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "1"
    assert site.calls == 1


def test_only_requests_that_the_predicate_picks_are_spoiled(street, url):
    street.hooks.append(faults.status(503, when=faults.path("/v2/", method="GET")))

    assert requests.get(f"{url}/v2/x", timeout=5).status_code == 503
    assert requests.post(f"{url}/v2/x", timeout=5).status_code == 200
    assert requests.get(f"{url}/token", timeout=5).status_code == 200


def test_a_host_is_picked_by_name(street, url):
    street.hooks.append(faults.status(503, when=faults.host("localhost")))

    assert requests.get(url, timeout=5).status_code == 200
    assert requests.get(url.replace("127.0.0.1", "localhost"), timeout=5).status_code == 503


def test_a_reset_reaches_no_site(street, site, url):
    street.hooks.append(faults.reset(times=1))

    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=5)

    assert (site.calls, street.exchanges[-1].response.status) == (0, 0)
    assert requests.get(url, timeout=5).status_code == 200


def test_a_lost_answer_was_written_all_the_same(street, site, url):
    street.hooks.append(faults.lost_answer(when=faults.path("/", method="POST")))

    with pytest.raises(requests.ConnectionError):
        requests.post(url, timeout=5)

    assert site.calls == 1


def test_a_truncated_body_ends_early(street, url):
    street.hooks.append(faults.truncated(share=0.3, times=1))

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(url, timeout=5)

    assert len(requests.get(url, timeout=5).json()["filler"]) == 2000


def test_a_page_comes_instead_of_data(street, url):
    street.hooks.append(faults.html())

    answer = requests.get(url, timeout=5)

    assert answer.headers["Content-Type"] == "text/html"
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_drip_is_slow_but_never_late_for_one_read(street, url):
    street.hooks.append(faults.drip(0.6))
    started = time.monotonic()

    answer = requests.get(url, timeout=0.2)

    assert answer.status_code == 200
    assert time.monotonic() - started > 0.5


def test_faults_stack(street, site, url):
    street.hooks += [faults.status(503, times=1), faults.status(502, times=1)]

    assert [requests.get(url, timeout=5).status_code for _ in range(3)] == [502, 503, 200]
    assert site.calls == 1
