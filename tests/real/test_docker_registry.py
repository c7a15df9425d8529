"""The same questions to a real registry (distribution 2.8, as Debian has it) behind a token server that signs."""

import pytest

from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, Session, dockerimage, registry
from profile_cd.sources.registry import Registries, Repository
from sandbox.net import Street
from sandbox.token_server import TokenServer
from tests.real_registry import PROGRAM, Front, Storage, free_port, serving

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="docker-registry is not installed (Debian's package)")

TAGS = [f"1.{number // 100}.{number % 100}" for number in range(5000)]
USERS = {"robot": "s3cret"}
BOTH = ("linux/amd64", "linux/arm64")


@pytest.fixture(scope="module")
def tokens():
    return TokenServer(USERS, private=["acme/secret"])


@pytest.fixture(scope="module")
def host(tmp_path_factory, tokens):
    folder, port = tmp_path_factory.mktemp("registry"), free_port()
    storage = Storage(folder / "data")
    storage.publish("acme/app", TAGS, BOTH)
    storage.publish("acme/secret", ["1.0.0"], BOTH[:1])
    storage.publish("acme/bare", ["1.0.0"], ())
    storage.publish("acme/empty", [], BOTH)
    with Street() as street:
        url = street.listen(Front(tokens, port))
        with serving(folder, port, realm=f"{url}/token", certificate=tokens.certificate_pem()):
            yield url.removeprefix("http://")


def tags(host, repository, login=None):
    asked = Repository(host, repository, login)
    return registry.tags([asked], Registries(HttpWeb()))[asked]


def test_five_thousand_tags_arrive_at_once_and_unsorted(host):
    found = tags(host, "acme/app")

    assert sorted(found) == sorted(TAGS)


def test_a_repository_whose_tags_are_null_has_none(host):
    assert tags(host, "acme/empty") == ()


def test_a_private_repository_is_closed_to_strangers(host):
    assert "does not let us read" in str(tags(host, "acme/secret"))


def test_a_private_repository_opens_to_a_password(host):
    assert tags(host, "acme/secret", Login("robot", Secret("s3cret"))) == ("1.0.0",)


def test_a_private_repository_opens_to_a_token_that_was_signed_elsewhere(host, tokens):
    assert tags(host, "acme/secret", Login("", Secret(tokens.token(["acme/secret"])))) == ("1.0.0",)


def test_a_wrong_password_is_named(host):
    assert "does not accept the login" in str(tags(host, "acme/secret", Login("robot", Secret("wr0ng"))))


def test_an_unknown_repository_is_named(host):
    assert "knows no image `acme/typo`" in str(tags(host, "acme/typo"))


def test_several_repositories_share_a_token_and_the_closed_one_fails_alone(host):
    repositories = [Repository(host, name) for name in ("acme/app", "acme/secret", "acme/bare")]
    app, secret, bare = registry.tags(repositories, Registries(HttpWeb())).values()

    assert (len(app), bare) == (5000, ("1.0.0",))
    assert "does not let us read" in str(secret)


@pytest.mark.parametrize(("repository", "platforms"), [("acme/app", BOTH), ("acme/bare", BOTH[:1])])
def test_the_platforms_of_an_index_and_of_a_bare_manifest_are_read(host, repository, platforms):
    source = DockerImage(f"{host}/{repository}", ("amd64",))

    assert dockerimage.published(source, "1.0.0", Session(HttpWeb(), Credentials())).platforms == platforms


def test_a_tag_exists_or_does_not(host):
    source = DockerImage(f"{host}/acme/app")

    session = Session(HttpWeb(), Credentials())

    assert [dockerimage.published(source, tag, session).exists for tag in ("1.0.0", "9.9.9")] == [True, False]
