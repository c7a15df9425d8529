"""Each distinct source is asked once, all kinds at once, and an outage takes only its own host's sources with it."""

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials, Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Published
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, HelmChart, Session
from sandbox.clock import ManualClock
from sandbox.helm import Helm
from sandbox.net import Street, faults
from sandbox.registry import Gate, Registry

TAGS = ["1.0.0", "1.1.0"]
WORKERS = [1, 2, 32]


class Town:
    """Two registries and a chart repository, and what can be asked of them."""

    def __init__(self, street):
        self.street = street
        repositories = {f"acme/app-{number}": TAGS for number in range(20)}
        self.registry = Registry(repositories, gate=Gate("token"))
        self.one, self.two = (self._host(site) for site in (self.registry, Registry(repositories)))
        self.charts = self._host(Helm({"ledger": TAGS, "toolkit": TAGS}))

    def _host(self, site):
        return self.street.listen(site).removeprefix("http://")

    def images(self, host):
        return [DockerImage(f"{host}/acme/app-{number}") for number in range(20)]

    def charted(self):
        return [HelmChart(f"http://{self.charts}", name) for name in ("ledger", "toolkit")]

    def all(self):
        return [*self.images(self.one), *self.images(self.two), *self.charted()]


@pytest.fixture
def town():
    with Street() as street:
        yield Town(street)


def session(workers=32):
    return Session(HttpWeb(workers=workers, clock=ManualClock()), Credentials())


def ask(town, wanted=None, workers=32):
    return sources.ask(wanted or town.all(), session(workers))


@pytest.mark.parametrize("workers", WORKERS)
def test_all_kinds_are_asked_whatever_the_number_of_workers(town, workers):
    answers = ask(town, workers=workers)

    assert len(answers) == 42
    assert {tuple(sorted(versions)) for versions in answers.values()} == {tuple(TAGS)}


def test_equal_sources_are_one_question(town):
    equal = [DockerImage(f"{town.two}/acme/app-0") for _ in range(5)]

    assert ask(town, equal) == {equal[0]: tuple(TAGS)}
    assert len(town.street.exchanges) == 1


def test_charts_of_one_repository_share_its_index(town):
    ask(town, town.charted())

    assert len(town.street.exchanges) == 1


def test_nothing_is_asked_for_nothing(town):
    assert sources.ask([], session()) == {}
    assert sources.detail({}, session()) == {}


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("fault", [faults.status(503), faults.reset(), faults.truncated()], ids=["503", "reset", "cut"])
def test_an_outage_of_one_host_fails_its_sources_and_no_other(town, fault, workers):
    fault.when = lambda request: request.host == town.two
    fault.struck = 0
    town.street.hooks.append(fault)
    answers = ask(town, workers=workers)
    failed = {source.host for source, answer in answers.items() if isinstance(answer, SourceFailed)}

    assert failed == {town.two}
    assert sum(isinstance(answer, Unreachable) for answer in answers.values()) == 20
    assert fault.struck == 3


def test_a_page_instead_of_data_is_a_failure_of_its_host(town):
    town.street.hooks.append(faults.html(when=lambda request: request.host == town.two))
    answers = ask(town)

    assert {source.host for source, answer in answers.items() if isinstance(answer, SourceFailed)} == {town.two}


def test_hosts_that_stumble_once_fail_nothing(town):
    town.street.hooks += [faults.status(503, times=1), faults.reset(times=1), faults.truncated(times=1)]

    assert not [answer for answer in ask(town).values() if isinstance(answer, SourceFailed)]


def test_what_was_chosen_is_looked_at_once_each(town):
    image, chart = town.images(town.two)[0], town.charted()[0]
    found = sources.detail({(image, "1.0.0"): (), (image, "9.9.9"): (), (chart, "1.0.0"): ()}, session())

    assert list(found.values()) == [Published(exists=True), Published(exists=False), Published(exists=True)]
    assert len(town.street.exchanges) == 3  # what is not there is looked for a second time, by a GET


def test_a_sweep_and_its_details_are_no_pulls(town):
    this = session()
    answers = sources.ask(town.images(town.one), this)
    sources.detail({(source, "1.1.0"): () for source in answers}, this)

    assert town.registry.pulls == 0
    assert len(town.street.exchanges) == 1 + 1 + 20 + 20


def test_no_failure_shows_a_secret(town):
    town.street.hooks.append(faults.status(503, when=faults.path("/v2/")))
    secret = Secret("s3cret")
    private = [
        DockerImage(f"{town.two}/acme/app-0", username="robot", password=secret),
        DockerImage(f"{town.one}/acme/app-0", token=secret),
        HelmChart(f"http://{town.charts}", "missing", username="robot", password=secret),
    ]
    answers = ask(town, private)

    assert all(isinstance(answer, SourceFailed) for answer in answers.values())
    assert "s3cret" not in f"{answers!r} {[str(answer) for answer in answers.values()]}"
