"""Large answers are kept between runs, and nothing depends on it."""

import pytest

from profile_cd.inputs import cache_directory
from profile_cd.protocols import Answer
from profile_cd.services.web import SMALLEST, DirectoryCache, HttpWeb, NoCache, of_user
from sandbox.helm import Helm, long_history
from sandbox.net import Street

URL = "https://charts.example/index.yaml"
BODY = b"x" * SMALLEST


def answer(status=200, body=BODY, **headers):
    return Answer(status, headers or {"etag": '"1"'}, body, URL)


def test_a_second_run_asks_whether_it_changed_and_gets_no_body(tmp_path):
    site = Helm(long_history(2000))
    with Street() as street:
        url = f"{street.listen(site)}/index.yaml"
        first = HttpWeb(cache=DirectoryCache(tmp_path)).get(url)
        second = HttpWeb(cache=DirectoryCache(tmp_path)).get(url)
        site.publish("chart-00", "99.0.0")
        third = HttpWeb(cache=DirectoryCache(tmp_path)).get(url)

    assert [exchange.response.status for exchange in street.exchanges] == [200, 304, 200]
    assert second.body == first.body
    assert second.status == 200
    assert b"99.0.0" in third.body


def test_what_was_learnt_is_known():
    cache = NoCache()
    cache.learn(URL, answer())

    assert cache.known(URL) is None


@pytest.mark.parametrize(
    "learnt",
    [
        pytest.param(answer(404), id="an error"),
        pytest.param(answer(body=BODY[1:]), id="a small body"),
        pytest.param(answer(date="today"), id="no ETag"),
    ],
)
def test_what_is_not_worth_it_is_not_kept(tmp_path, learnt):
    cache = DirectoryCache(tmp_path / "cache")
    cache.learn(URL, learnt)

    assert cache.known(URL) is None
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}\n", b"[]\nx", b'{"url": "https://other.example", "etag": "1"}\nx']
)
def test_a_spoilt_file_counts_as_absent(tmp_path, content):
    cache = DirectoryCache(tmp_path)
    cache.learn(URL, answer())
    assert cache.known(URL) == answer()

    next(tmp_path.iterdir()).write_bytes(content)

    assert cache.known(URL) is None


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    cache = DirectoryCache(tmp_path / "file" / "below")

    cache.learn(URL, answer())

    assert cache.known(URL) is None


def test_only_its_owner_can_look_into_the_folder(tmp_path):
    DirectoryCache(tmp_path / "cache").learn(URL, answer())

    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_old_files_are_cleared_away(tmp_path):
    cache = DirectoryCache(tmp_path, most=2)
    for number in range(4):
        cache.learn(f"{URL}?{number}", Answer(200, {"etag": '"1"'}, BODY, URL))

    assert len(list(tmp_path.iterdir())) == 2
    assert cache.known(f"{URL}?3") is not None


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/cache", "HOME": "/home/robot"}, "/cache/profile-cd"),
        ({"HOME": "/home/robot"}, "/home/robot/.cache/profile-cd"),
    ],
)
def test_a_users_cache_lies_where_caches_lie(environment, folder):
    cache = of_user(cache_directory(environment))

    assert isinstance(cache, DirectoryCache)
    assert str(cache.directory) == folder


def test_without_a_home_nothing_is_kept():
    assert isinstance(of_user(cache_directory({})), NoCache)
