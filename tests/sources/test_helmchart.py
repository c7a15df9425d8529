"""Charts of repositories with an index, and of registries."""

import base64

import pytest

from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.services.web import HttpWeb
from profile_cd.sources import HelmChart, Session, helmchart
from profile_cd.sources.helmchart import lowest_first
from sandbox.helm import Helm, Pages
from sandbox.net import Response, Street, faults
from sandbox.registry import Registry

CHARTS = {"platform": ["1.9.0", "1.10.0", "2.0.0+build.7"], "toolkit": ["0.1.0-rc.1"]}
BASIC = "Basic " + base64.b64encode(b"robot:s3cret").decode()


@pytest.fixture
def street():
    with Street() as street:
        yield street


def asked(charts, credentials=None):
    answers = helmchart.ask(charts, Session(HttpWeb(), credentials or Credentials()))
    return [answers[chart] for chart in charts]


def test_charts_of_one_repository_share_one_question(street):
    address = street.listen(Helm(CHARTS))

    platform, toolkit = asked([HelmChart(address, "platform"), HelmChart(address, "toolkit")])

    assert platform == ("1.9.0", "1.10.0", "2.0.0+build.7")  # lowest first, as updatecli puts an index in order
    assert toolkit == ("0.1.0-rc.1",)
    assert len(street.exchanges) == 1


@pytest.mark.parametrize("path", ["/charts/stable", "/charts/stable/", "/charts/stable/index.yaml"])
def test_the_index_is_found_below_the_address(street, path):
    address = street.listen(Pages({"/charts/stable": Helm(CHARTS)}))

    assert asked([HelmChart(f"{address}{path}", "toolkit")]) == [("0.1.0-rc.1",)]


def test_a_chart_that_is_not_there_fails_alone_and_the_next_name_is_offered(street):
    address = street.listen(Helm(CHARTS))

    good, bad = asked([HelmChart(address, "platform"), HelmChart(address, "toolkits")])

    assert len(good) == 3
    assert isinstance(bad, SourceFailed)
    assert "no chart `toolkits`" in str(bad)
    assert "`toolkit` is meant" in str(bad)


def test_a_repository_that_is_down_fails_its_charts_and_no_other(street):
    down, up = street.listen(Helm(CHARTS)), street.listen(Helm(CHARTS))
    street.hooks.append(faults.status(503, headers={"Retry-After": "999"}, when=at(down)))

    bad, good, too = asked([HelmChart(down, "platform"), HelmChart(up, "platform"), HelmChart(down, "toolkit")])

    assert len(good) == 3
    assert isinstance(bad, Unreachable)
    assert "503" in str(bad)
    assert str(too) == str(bad)


def at(address):
    return lambda request: address.endswith(request.host)


@pytest.mark.parametrize(
    ("source", "known"),
    [
        pytest.param({"username": "robot", "password": Secret("s3cret")}, None, id="in the manifest"),
        pytest.param({}, "s3cret", id="known for the host"),
        pytest.param({"username": "robot", "password": Secret("s3cret")}, "old", id="the manifest's wins"),
    ],
)
def test_a_private_repository_is_read_with_a_login(street, source, known):
    address = street.listen(Helm(CHARTS, authorization=BASIC))
    host = address.partition("://")[2]
    credentials = Credentials({host: Login("robot", Secret(known))} if known else {})

    assert asked([HelmChart(address, "toolkit", **source)], credentials) == [("0.1.0-rc.1",)]


def test_a_token_is_sent_as_bearer(street):
    address = street.listen(Helm(CHARTS, authorization="Bearer t0ken"))

    assert asked([HelmChart(address, "toolkit", token=Secret("t0ken"))]) == [("0.1.0-rc.1",)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param({}, "is private", id="without login"),
        pytest.param({"username": "robot", "password": Secret("wr0ng")}, "login is wrong", id="with a wrong one"),
    ],
)
def test_a_refusal_names_the_status_and_no_password(street, source, words):
    address = street.listen(Helm(CHARTS, authorization=BASIC))

    found = asked([HelmChart(address, "toolkit", **source)])[0]

    assert isinstance(found, SourceFailed)
    assert "status 401" in str(found)
    assert words in str(found)
    assert "wr0ng" not in str(found)


def test_a_login_is_not_carried_to_another_host(street):
    other = street.listen(Helm(CHARTS))
    address = street.listen(Helm(CHARTS))
    street.hooks.append(
        lambda request, call: Response(302, {"Location": f"{other}/index.yaml"}) if at(address)(request) else call()
    )

    found = asked([HelmChart(address, "toolkit", username="robot", password=Secret("s3cret"))])[0]

    assert found == ("0.1.0-rc.1",)
    assert [exchange.request.headers.get("authorization") for exchange in street.exchanges] == [BASIC, None]


def test_a_missing_index_names_the_address(street):
    address = street.listen(Pages({}))

    found = asked([HelmChart(f"{address}/nowhere", "toolkit")])[0]

    assert isinstance(found, SourceFailed)
    assert f"{address}/nowhere/index.yaml (status 404)" in str(found)


@pytest.mark.parametrize(
    "body",
    [faults.PROXY_PAGE, b"", b"\xff\xfe", b"entries: [", b"null"],
    ids=["a sign-in page", "nothing", "no UTF-8", "broken", "null"],
)
def test_what_is_no_index_is_said_to_be_none(street, body):
    street.hooks.append(faults.status(200, body))

    found = asked([HelmChart(street.listen(Helm(CHARTS)), "toolkit")])[0]

    assert isinstance(found, SourceFailed)
    assert "no chart index" in str(found)


def test_a_registry_lists_charts_as_it_spells_them(street):
    address = street.listen(Registry({"acme/charts/platform": ["1.9.0", "2.0.0_build.7"]}))
    url = address.replace("http://", "oci://") + "/acme/charts"

    assert asked([HelmChart(url, "platform")]) == [("1.9.0", "2.0.0_build.7")]


def test_an_index_is_put_in_order_and_of_equal_versions_the_last_listed_comes_first():
    listed = ("1.10.0", "main-77", "1.9.0+b", "1.9.0", "2.0.0-rc.1", "canary")

    assert lowest_first(listed) == ("canary", "main-77", "1.9.0", "1.9.0+b", "1.10.0", "2.0.0-rc.1")


def test_registries_and_indexes_are_asked_in_one_go(street):
    index, registry = street.listen(Helm(CHARTS)), street.listen(Registry({"platform": ["3.0.0"]}))

    found = asked([HelmChart(registry.replace("http", "oci"), "platform"), HelmChart(index, "toolkit")])

    assert found == [("3.0.0",), ("0.1.0-rc.1",)]
