"""The web is bounded in time, repeats what may be repeated, gives nothing away and never deadlocks."""

import gzip
import socket
import threading
import time

import pytest

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.services.clock import SystemClock
from profile_cd.services.web import DirectoryCache, HttpWeb, Limits, words
from sandbox.clock import ManualClock
from sandbox.net import Response, Street, faults, hostile


class NoPauses(SystemClock):
    """The real time, without pauses between tries."""

    def sleep(self, _):
        pass


class Fixed:
    """A site that always says the same."""

    def __init__(self, *said):
        self.said = list(said)

    def answer(self, _):
        return self.said.pop(0) if len(self.said) > 1 else self.said[0]


GOOD = Fixed(Response.of_json({"good": True}))


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def clock():
    return ManualClock()


def web_of(clock, **options):
    return HttpWeb(clock=clock, **options)


def test_any_status_is_an_answer(street, clock):
    answer = web_of(clock).get(street.listen(Fixed(Response(404, {"X-Name": "value"}, b"gone"))))

    assert (answer.status, answer.headers["x-name"], answer.body) == (404, "value", b"gone")
    assert clock.slept == []


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_status_is_asked_again(street, clock, status):
    url = street.listen(Fixed(Response(status), Response(status), Response(200)))

    assert web_of(clock).get(url).status == 200
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.reset(times=2), id="reset"),
        pytest.param(faults.truncated(times=2), id="cut in the middle"),
        pytest.param(faults.lost_answer(times=2), id="answer lost"),
    ],
)
def test_a_broken_exchange_is_asked_again(street, clock, fault):
    street.hooks.append(fault)

    assert web_of(clock).get(street.listen(GOOD)).body == b'{"good": true}'


@pytest.mark.parametrize("status", [400, 401, 403, 404, 501])
def test_a_lasting_status_is_not_asked_again(street, clock, status):
    web_of(clock).get(street.listen(Fixed(Response(status))))

    assert len(street.exchanges) == 1


@pytest.mark.parametrize(
    "fault",
    [faults.reset(), faults.truncated(), faults.status(503), faults.status(504)],
    ids=["reset", "truncated", "503", "504"],
)
def test_a_host_that_stays_down_is_given_up_and_no_other_is(street, clock, fault):
    down, good = street.listen(GOOD), street.listen(GOOD)
    port = down.rpartition(":")[2]
    fault.when = lambda request: request.host.endswith(port)
    street.hooks.append(fault)
    web = web_of(clock)
    for _ in range(5):
        with pytest.raises(Unreachable) as failed:
            web.get(down)
        assert failed.value.host == f"127.0.0.1:{port}"
    assert web.get(good).status == 200
    assert fault.struck == 3


def test_a_server_error_for_one_question_does_not_give_its_host_up(street, clock):
    street.hooks.append(faults.status(500, when=faults.path("/bad")))
    url = street.listen(GOOD)
    web = web_of(clock)

    assert [web.get(f"{url}/bad").status, web.get(f"{url}/good").status] == [500, 200]


def test_where_nobody_listens_the_host_is_named(clock):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Unreachable, match=f"127.0.0.1:{port}"):
            web_of(clock).get(f"http://127.0.0.1:{port}/")


def test_a_host_that_says_nothing_is_not_waited_for_again_by_each_source():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        web = HttpWeb(workers=1, clock=NoPauses(), limits=Limits(connect=0.1, read=0.05, whole=0.1))
        started = time.monotonic()
        urls = [f"http://127.0.0.1:{silent.getsockname()[1]}/{number}" for number in range(20)]
        answers = web.side_by_side(web.get, urls)

    assert all(isinstance(answer, Unreachable) for answer in answers)
    assert time.monotonic() - started < 3


def test_a_slow_drip_ends(street):
    street.hooks.append(faults.drip(2.0))
    started = time.monotonic()
    with pytest.raises(Unreachable, match="complete"):
        HttpWeb(clock=NoPauses(), limits=Limits(read=0.3, whole=0.1)).get(
            street.listen(Fixed(Response(200, {}, b"x" * 500)))
        )

    assert time.monotonic() - started < 4


def test_a_slow_drip_behind_a_redirect_ends_too(street):
    street.hooks.append(faults.drip(5.0))
    moved = Response(302, {"Location": "/elsewhere"}, b"x" * 500)
    started = time.monotonic()
    with pytest.raises(Unreachable, match="complete"):
        HttpWeb(clock=NoPauses(), limits=Limits(read=0.3, whole=0.1)).get(street.listen(Fixed(moved)))

    assert time.monotonic() - started < 4


def test_the_wait_that_a_server_asks_for_is_kept(street, clock):
    web_of(clock).get(street.listen(Fixed(Response(429, {"Retry-After": "7"}), Response(200))))

    assert clock.slept == [7]


def test_who_asks_for_too_long_a_wait_is_not_asked_again(street, clock):
    assert web_of(clock).get(street.listen(Fixed(Response(429, {"Retry-After": "3600"})))).status == 429
    assert clock.slept == []


def test_a_run_stops_asking_when_its_time_is_over(street, clock):
    web = web_of(clock, limits=Limits(run=10))
    url = street.listen(Fixed(Response(429, {"Retry-After": "11"}), Response(200)))

    with pytest.raises(Unreachable, match="was not asked"):
        web.get(url)


def test_time_between_questions_is_not_counted(street, clock):
    web = web_of(clock, limits=Limits(run=10))
    url = street.listen(GOOD)
    web.get(url)
    clock.sleep(1000)

    assert web.get(url).status == 200


@pytest.mark.parametrize("workers", [1, 2, 32])
def test_side_by_side_within_side_by_side_ends(street, workers):
    url = street.listen(GOOD)
    web = HttpWeb(workers=workers)

    def outer(number):
        inner = web.side_by_side(lambda each: web.get(f"{url}/{number}/{each}").status, list(range(4)))
        return sum(inner)

    assert web.side_by_side(outer, list(range(6))) == [800] * 6


def test_no_more_questions_than_workers_are_under_way(street):
    lock, state = threading.Lock(), {"now": 0, "most": 0}

    class Slow:
        def answer(self, _):
            with lock:
                state["now"] += 1
                state["most"] = max(state.values())
            time.sleep(0.02)
            with lock:
                state["now"] -= 1
            return Response(200)

    url = street.listen(Slow())
    web = HttpWeb(workers=3)
    web.side_by_side(lambda _: web.side_by_side(web.get, [url] * 4), list(range(4)))

    assert state["most"] == 3


def test_a_failure_becomes_the_result_of_its_item_only():
    def odd(number):
        if number % 2 == 0:
            raise SourceFailed("even")
        return number

    assert [isinstance(each, SourceFailed) for each in HttpWeb().side_by_side(odd, [1, 2, 3])] == [False, True, False]


@pytest.mark.parametrize("workers", [1, 4])
def test_a_mistake_of_ours_is_the_failure_of_its_item_and_shows_no_value(workers):
    def odd(number):
        if number == 2:
            raise ValueError("s3cret")
        return number

    first, second, third = HttpWeb(workers=workers).side_by_side(odd, [1, 2, 3])

    assert (first, third) == (1, 3)
    assert isinstance(second, SourceFailed)
    assert "mistake of profile-cd (ValueError in profile_cd.services.web.client, line" in str(second)
    assert "/issues" in str(second)
    assert "s3cret" not in str(second)


@pytest.mark.parametrize("date", ["Fri, 31 Dec 99999999999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 -9999"])
@pytest.mark.parametrize("status", [200, 404, 429, 503])
def test_a_wait_that_no_calendar_holds_is_none(street, clock, status, date):
    url = street.listen(Fixed(Response(status, {"Retry-After": date}), Response(200)))

    assert web_of(clock).get(url).status in {200, 404}


def test_everything_is_counted_and_watched(street, clock):
    seen = []
    web = web_of(clock, observe=lambda host, event: seen.append((host, event)))
    url = street.listen(Fixed(Response(503), Response(200)))
    web.get(url)
    host = url.removeprefix("http://")

    assert web.counters.by_host == {host: 2}
    assert web.counters.requests == 2
    assert seen == [(host, "asked"), (host, "answered")] * 2


def test_a_redirect_within_a_host_keeps_the_login_and_one_to_another_loses_it(street, clock):
    class Landing:
        def answer(self, request):
            return Response(200, {}, request.headers.get("authorization", "none").encode())

    landing = street.listen(Landing())

    class Mover:
        def answer(self, request):
            if request.path == "/here":
                return Response(302, {"Location": "/landed"})
            if request.path == "/there":
                return Response(307, {"Location": f"{landing}/x"})
            return Landing().answer(request)

    web, url = web_of(clock), street.listen(Mover())
    said = [web.get(f"{url}{path}", headers={"Authorization": "Basic abc"}).body for path in ("/here", "/there")]
    assert said == [b"Basic abc", b"none"]


def test_redirects_in_a_circle_end(street, clock):
    with pytest.raises(Unreachable):
        web_of(clock).get(street.listen(Fixed(Response(302, {"Location": "/"}))))


def test_no_cookie_is_kept(street, clock):
    url = street.listen(Fixed(Response(200, {"Set-Cookie": "a=b"})))
    web = web_of(clock)
    web.get(url)
    web.get(url)

    assert "cookie" not in street.exchanges[1].request.headers


@pytest.mark.parametrize("url", ["nonsense", "http://", "http://[::1", "gopher://host/x", "http://ex ample/", ""])
def test_what_is_no_address_is_a_failure_of_its_source(clock, url):
    with pytest.raises(SourceFailed):
        web_of(clock).get(url)


def test_no_secret_stands_in_what_is_raised(street, clock):
    street.hooks.append(faults.reset())
    url = street.listen(GOOD).replace("http://", "http://user:s3cret@")
    with pytest.raises(Unreachable) as failed:
        web_of(clock).get(url, headers={"Authorization": "Bearer s3cret"})
    error = failed.value
    chain = [error, error.__cause__, None if error.__suppress_context__ else error.__context__]

    assert not [each for each in chain if "s3cret" in f"{each!s} {each!r}"]


def test_a_large_answer_is_kept_between_runs_by_its_etag(street, tmp_path):
    body = b"x" * 200_000

    class Tagged:
        def answer(self, request):
            if request.headers.get("if-none-match") == '"1"':
                return Response(304)
            return Response(200, {"ETag": '"1"'}, body)

    url = street.listen(Tagged())
    for _ in range(2):
        assert HttpWeb(cache=DirectoryCache(tmp_path)).get(url).body == body
    assert [exchange.response.status for exchange in street.exchanges] == [200, 304]


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"url": 1}\nx', b"\xff\n", b'["url"]\nx'])
def test_a_spoilt_cache_counts_as_none(street, tmp_path, spoilt):
    url = street.listen(Fixed(Response(200, {"ETag": '"1"'}, b"x" * 200_000)))
    HttpWeb(cache=DirectoryCache(tmp_path)).get(url)
    for file in tmp_path.iterdir():
        file.write_bytes(spoilt)

    assert HttpWeb(cache=DirectoryCache(tmp_path)).get(url).status == 200
    assert "if-none-match" not in street.exchanges[1].request.headers


def test_a_cache_that_cannot_be_written_is_no_failure(street, tmp_path):
    (tmp_path / "file").write_text("")
    url = street.listen(Fixed(Response(200, {"ETag": '"1"'}, b"x" * 200_000)))

    assert HttpWeb(cache=DirectoryCache(tmp_path / "file")).get(url).status == 200


def test_the_machines_proxy_and_certificates_are_honoured(tmp_path, monkeypatch):
    with Street({"packages.example": GOOD}) as street:
        (tmp_path / "authority.pem").write_bytes(street.authority_pem())
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        monkeypatch.setenv("HTTPS_PROXY", street.proxy())

        assert HttpWeb().get("https://packages.example/").status == 200


def test_whoever_stops_the_run_stops_all_questions(street, clock):
    web = web_of(clock)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        web.side_by_side(stop, [1, 2])
    with pytest.raises(Unreachable, match="stopped"):
        web.get(street.listen(GOOD))


def test_a_small_answer_that_unpacks_to_gigabytes_is_refused(street, clock):
    bomb = Response(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(66 * 1024 * 1024), 1))

    with pytest.raises(Unreachable, match="more than 8 MB in one answer"):
        web_of(clock).get(street.listen(Fixed(bomb)))


def test_a_host_that_goes_on_refusing_is_asked_once_by_each_further_source(street, clock):
    web, url = web_of(clock), street.listen(Fixed(Response(429)))

    assert [web.get(url).status for _ in range(3)] == [429] * 3
    assert len(street.exchanges) == 5


def test_what_only_a_login_opens_is_neither_kept_nor_taken_from_what_is_kept(street, tmp_path):
    url = street.listen(Fixed(Response(200, {"ETag": '"1"'}, b"x" * 200_000)))
    for headers in ({"Authorization": "Basic abc"}, {}, {"Authorization": "Basic abc"}):
        HttpWeb(cache=DirectoryCache(tmp_path)).get(url, headers=headers)

    assert not [each for each in street.exchanges if "if-none-match" in each.request.headers]


def test_what_is_too_large_once_is_not_fetched_again_and_other_answers_of_its_host_are(street, clock):
    bomb = Response(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(9 * 1024 * 1024), 1))
    url, web = street.listen(Fixed(bomb, Response(200))), web_of(clock)

    with pytest.raises(Unreachable, match="8 MB"):
        web.get(url)
    assert web.get(url).status == 200
    assert len(street.exchanges) == 2


def test_no_host_gets_more_of_a_run_than_its_share(street, clock):
    page = Response(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(7 * 1024 * 1024), 1))
    greedy, other, web = street.listen(Fixed(page)), street.listen(Fixed(page)), web_of(clock)
    for _ in range(3):
        web.get(greedy)

    with pytest.raises(Unreachable, match="more than 24 MB or 450,000 values in one run"):
        web.get(greedy)
    assert web.get(other).status == 200


def test_all_hosts_together_get_no_more_than_a_run_can_bear(street, clock):
    page = Response(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(7 * 1024 * 1024), 1))
    web, urls = web_of(clock), [street.listen(Fixed(page)) for _ in range(7)]
    for url in urls[:-1]:
        web.get(url)

    with pytest.raises(Unreachable, match="all answers of this run had more than 48 MB or 1,200,000 values"):
        web.get(urls[-1])
    assert web.get(street.listen(GOOD)).status == 200


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_packed_answers_of_several_members_are_unpacked(street, clock, parts):
    body = b"".join(gzip.compress(b"part %d " % number) for number in range(parts))

    answer = web_of(clock).get(street.listen(Fixed(Response(200, {"Content-Encoding": "GZIP"}, body + b"\0" * 9))))
    assert answer.body == b"".join(b"part %d " % number for number in range(parts))


@pytest.mark.parametrize(
    "body",
    [b"no gzip", gzip.compress(b"x" * 500)[:-9], gzip.compress(b"")[:5]],
    ids=["none", "cut", "a piece of a head"],
)
def test_what_cannot_be_unpacked_is_no_answer(street, clock, body):
    with pytest.raises(Unreachable, match="cannot be unpacked"):
        web_of(clock).get(street.listen(Fixed(Response(200, {"Content-Encoding": "gzip"}, body))))


def test_an_empty_body_may_say_that_it_is_packed(street, clock):
    url = street.listen(Fixed(Response(200, {"Content-Encoding": "gzip"})))

    assert web_of(clock).get(url).body == b""
    assert web_of(clock).head(url).status == 200


def test_two_lengths_are_not_blamed_on_the_login(clock):
    pieces = [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"]
    with hostile.serving(lambda: pieces) as url, pytest.raises(Unreachable, match="contradicts itself in a header"):
        web_of(clock).get(url, headers={"Authorization": "Basic abc"})


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("gchr.io", "`ghcr.io` or `gcr.io`"),
        ("ghcr.oi", "`ghcr.io`"),
        ("quayio", "`quay.io`"),
        ("registry.k8s.i0", "`registry.k8s.io`"),
        ("nothing.like.it", ""),
    ],
)
def test_a_host_that_does_not_exist_is_named_with_the_near_one(name, guess):
    said = str(words.no_such_host(name))

    assert said.startswith(f"There is no host `{name}`.")
    assert (f"Perhaps {guess} is meant" in said) == bool(guess)
    assert "outage" not in said


def test_a_name_that_nobody_has_is_looked_up_once(clock, monkeypatch):
    asked = []

    def nobody(*_, **__):
        asked.append(1)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    for _ in range(2):
        with pytest.raises(Unreachable, match=r"There is no host `gchr\.io`.*`ghcr\.io`"):
            web_of(clock).get("https://gchr.io/v2/")

    assert len(asked) == 2
    assert clock.slept == []
