"""A token server of its own host gets the login that was given for it and no other; broken addresses are failures."""

import base64

import pytest

from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import SourceFailed
from profile_cd.protocols import Answer
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, Session, dockerimage, next_page
from profile_cd.sources.registry import trusted
from sandbox.clock import ManualClock
from sandbox.net import Response, Street
from sandbox.registry import Gate, Registry

ROBOT = Login("robot", Secret("s3cret"))
APP = DockerImage("registry.acme.example/acme/app")
BASIC = "Basic " + base64.b64encode(b"robot:s3cret").decode()
BROKEN = ["http://[", "//[::1", "mailto:a@b.example"]


@pytest.fixture
def tokens_elsewhere(tmp_path, monkeypatch):
    """A private registry whose token server is another's."""
    gate = Gate("token", realm="https://api.elsewhere.example/token", users={"robot": "s3cret"}, private=["acme/app"])
    site = Registry({"acme/app": ["1.0.0"]}, gate=gate)
    with Street({"registry.acme.example": site, "api.elsewhere.example": site}) as street:
        (tmp_path / "authority.pem").write_bytes(street.authority_pem())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        monkeypatch.setenv("HTTPS_PROXY", street.proxy())
        yield street


def asked(credentials):
    return dockerimage.ask([APP], Session(HttpWeb(), credentials))[APP]


def told(street):
    """The hosts that were shown the login."""
    seen = (exchange.request for exchange in street.exchanges)
    return {request.host.partition(":")[0] for request in seen if request.headers.get("authorization") == BASIC}


def test_a_login_given_for_the_token_server_goes_there(tokens_elsewhere):
    found = asked(Credentials({"registry.acme.example": ROBOT, "api.elsewhere.example": ROBOT}))

    assert found == ("1.0.0",)
    assert told(tokens_elsewhere) == {"api.elsewhere.example"}


def test_a_login_for_the_registry_alone_goes_nowhere_and_the_failure_says_so(tokens_elsewhere):
    found = asked(Credentials({"registry.acme.example": ROBOT}))

    assert isinstance(found, SourceFailed)
    assert "was not sent to its token server api.elsewhere.example" in str(found)
    assert "s3cret" not in str(found)
    assert told(tokens_elsewhere) == set()


@pytest.mark.parametrize("target", BROKEN)
def test_a_next_page_without_an_address_is_a_failure(target):
    with pytest.raises(SourceFailed, match=r"r\.example names a next page"):
        next_page(Answer(200, {"link": f'<{target}>; rel="next"'}, b"", "https://r.example/v2/t"))


@pytest.mark.parametrize("realm", BROKEN)
def test_a_realm_without_an_address_gets_no_login(realm):
    assert not trusted("r.example", realm)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Response(401, {"WWW-Authenticate": 'Bearer realm="https://[",service="x"'}), id="realm"),
        pytest.param(Response.of_json({"tags": ["1"]}, headers={"Link": '<http://[>; rel="next"'}), id="next page"),
        pytest.param(Response(302, {"Location": "http://["}), id="redirect"),
    ],
)
def test_an_address_that_is_none_fails_the_source_and_nothing_else(answer):
    class Broken:
        def answer(self, _):
            return answer

    with Street() as street:
        bad = DockerImage(f"{street.listen(Broken())[7:]}/acme/app")
        good = DockerImage(f"{street.listen(Registry({'acme/app': ['1.0.0']}))[7:]}/acme/app")
        found = dockerimage.ask([bad, good], Session(HttpWeb(clock=ManualClock()), Credentials({bad.host: ROBOT})))

    assert isinstance(found[bad], SourceFailed)
    assert found[good] == ("1.0.0",)
