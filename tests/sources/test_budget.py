"""Hosts may list so many versions, each source, each host and all of them together; what is large is parsed alone."""

import threading
import tracemalloc

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials
from profile_cd.errors import SourceFailed
from profile_cd.sources import DockerImage, HelmChart, Session
from profile_cd.sources.budget import LARGE, Budget
from tests.sources.webs import Spoken


@pytest.mark.parametrize(
    ("taken", "more", "words"),
    [
        ([], ("a.example", 11), "more than 10 versions of app"),
        ([("a.example", 10), ("a.example", 5)], ("a.example", 6), "a.example has more than 20 versions in all"),
        ([("a.example", 10), ("b.example", 10), ("c.example", 6)], ("c.example", 5), "This run has more than 30"),
    ],
)
def test_who_has_too_many_is_refused_and_the_others_go_on(taken, more, words):
    budget = Budget(of_source=10, of_host=20, of_run=30)
    for host, count in taken:
        budget.take(host, "app", count)

    with pytest.raises(SourceFailed, match=words):
        budget.take(more[0], "app", more[1])
    budget.take("d.example", "app", 1)


def test_what_is_large_is_parsed_alone_and_what_is_small_is_not():
    budget, inside = Budget(), threading.Event()

    def second():
        with budget.parsing(LARGE):
            inside.set()

    with budget.parsing(LARGE), budget.parsing(LARGE - 1):
        thread = threading.Thread(target=second)
        thread.start()
        assert not inside.wait(0.05)
    assert inside.wait(5)
    thread.join()


def test_tags_without_end_cost_little_and_fail_their_own_source():
    """Nine pages of 57 MB were a MemoryError."""

    def site(_method, url, *_):
        page = int(url.partition("page=")[2] or 0)
        if "/other/" in url:
            return 200, {"tags": ["1.0.0"]}
        tags = ",".join(f'"{page}-{number}"' for number in range(90_000))
        return 200, f'{{"tags": [{tags}]}}'.encode(), {"link": f'</v2/acme/app/tags/list?page={page + 1}>; rel="next"'}

    image, other = DockerImage("registry.example/acme/app"), DockerImage("registry.example/other/app")
    web = Spoken(site)
    tracemalloc.start()
    found = sources.ask([image, other], Session(web, Credentials()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "more than 100,000 versions" in str(found[image])
    assert found[other] == ("1.0.0",)
    assert len([url for _, url, _ in web.asked if "/other/" not in url]) == 2
    assert peak < 60_000_000
    assert found[image].__traceback__ is None  # its frames would keep every page


def test_a_chart_of_too_many_versions_fails_alone():
    entries = "".join(f"  - {{version: 1.0.{number}}}\n" for number in range(1200))
    web = Spoken(lambda *_: (200, f"entries:\n  app:\n{entries}  other:\n  - version: 1.0.0\n".encode()))
    app, other = (HelmChart("https://charts.example", name) for name in ("app", "other"))
    found = sources.ask([app, other], Session(web, Credentials(), budget=Budget(of_source=1000)))

    assert "more than 1,000 versions of app" in str(found[app])
    assert found[other] == ("1.0.0",)
