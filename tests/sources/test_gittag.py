"""Tags of Git repositories, over smart HTTP."""

import base64

import pytest

from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import BadCondition, SourceFailed
from profile_cd.model import Condition
from profile_cd.services.web import HttpWeb
from profile_cd.sources import GitTag, Session, gittag
from sandbox.net import Response, Street
from tests.sources.webs import Spoken

A, B = "a" * 40, "b" * 40
REFS = {
    "HEAD": A,
    "refs/heads/main": A,
    "refs/tags/v1.0.0": B,
    "refs/tags/v1.0.0^{}": A,
    "refs/tags/nested/v2.0.0": A,
    "refs/pull/1/head": A,
}


class Git:
    """Repositories by path, for everybody or for those who send *authorization*."""

    def __init__(self, repositories, authorization=""):
        self.repositories, self.authorization = repositories, authorization

    def answer(self, request):
        if self.authorization and request.headers.get("authorization") != self.authorization:
            return Response(401, {"WWW-Authenticate": 'Basic realm="Git"'})
        refs = self.repositories.get(request.path.removesuffix("/info/refs"))
        if refs is None or request.first("service") != "git-upload-pack":
            return Response(404)
        lines = [f"{sha} {name}" for name, sha in refs.items()]
        lines[0] += "\0multi_ack symref=HEAD:refs/heads/main"
        packets = ["# service=git-upload-pack\n", "", *(f"{line}\n" for line in lines), ""]
        body = "".join(f"{len(each) + 4:04x}{each}" if each else "0000" for each in packets)
        return Response(200, {"Content-Type": "application/x-git-upload-pack-advertisement"}, body.encode())


@pytest.fixture
def street():
    with Street() as street:
        yield street


def asked(source, credentials=None):
    return gittag.ask([source], Session(HttpWeb(), credentials or Credentials()))[source]


@pytest.mark.parametrize("path", ["/acme/app.git", "/acme/app.git/"])
def test_tags_are_listed_by_name_and_nothing_else_is(street, path):
    address = street.listen(Git({"/acme/app.git": REFS}))

    assert asked(GitTag(f"{address}{path}")) == ("v1.0.0", "nested/v2.0.0")
    assert len(street.exchanges) == 1


def test_a_repository_without_tags_has_none(street):
    address = street.listen(Git({"/acme/app.git": {"HEAD": A}}))

    assert asked(GitTag(f"{address}/acme/app.git")) == ()


@pytest.mark.parametrize(
    ("source", "credentials", "sent"),
    [
        pytest.param({"username": "robot", "password": Secret("s3cret")}, {}, "robot:s3cret", id="a pair"),
        pytest.param({"token": Secret("t0ken")}, {}, "x-access-token:t0ken", id="a token"),
        pytest.param({}, {"host": "known"}, "robot:known", id="known for the host"),
    ],
)
def test_a_private_repository_is_read_with_a_login(street, source, credentials, sent):
    expected = "Basic " + base64.b64encode(sent.encode()).decode()
    address = street.listen(Git({"/acme/app.git": REFS}, expected))
    logins = {address.partition("://")[2]: Login("robot", Secret(each)) for each in credentials.values()}

    assert len(asked(GitTag(f"{address}/acme/app.git", **source), Credentials(logins))) == 2


def test_a_token_for_githubs_interface_is_not_shown_to_a_git_server(street):
    address = street.listen(Git({"/acme/app.git": REFS}))
    tokens = {"api.github.com": Secret("ghs_1"), address.partition("://")[2]: Secret("ghs_2")}

    asked(GitTag(f"{address}/acme/app.git"), Credentials(github_tokens=tokens))

    assert "authorization" not in street.exchanges[0].request.headers


def test_a_repository_that_is_not_shown_fails_without_its_password(street):
    address = street.listen(Git({"/acme/app.git": REFS}, "Basic other"))

    found = asked(GitTag(f"{address}/acme/app.git", token=Secret("t0ken")))

    assert isinstance(found, SourceFailed)
    assert "/acme/app.git" in str(found)
    assert "t0ken" not in str(found)


HASHES = {"refs/tags/v1.0.0": A, "refs/tags/v2.0.0": B, "refs/tags/v2.0.0^{}": A}


@pytest.mark.parametrize(
    ("lsremote", "expected"),
    [
        pytest.param(False, {"v1.0.0": A, "v2.0.0": A}, id="the commit"),
        pytest.param(True, {"v1.0.0": A, "v2.0.0": B}, id="with lsremote an annotated tag's own object"),
    ],
)
def test_the_hash_of_a_tag_is_looked_up_and_its_name_filtered(lsremote, expected):
    source = GitTag("https://git.example/acme/app.git", key="hash", lsremote=lsremote)
    session = Session(Spoken(refs=HASHES), Credentials())

    assert gittag.ask([source], session) == {source: ("v1.0.0", "v2.0.0")}
    assert session.values == {(source, tag): each for tag, each in expected.items()}


def test_what_would_be_ordered_by_the_time_of_commits_is_refused_and_by_letters_warned_of():
    cloned, listed = GitTag("https://git.example/a"), GitTag("https://git.example/a", lsremote=True)

    with pytest.raises(BadCondition, match="does not list times"):
        gittag.check(cloned, Condition("regex", "^v"))
    assert "by its letters" in gittag.check(listed, Condition("regex", "^v"))[0]
    assert "highest release" in gittag.check(cloned, Condition("latest"))[0]
    assert not gittag.check(cloned, Condition("latest", "v1.0.0"))
    assert not gittag.check(cloned, Condition("semver", "*"))
