"""The same questions to a real registry (distribution 2.8, as Debian has it) behind a token server that signs."""

import hashlib
import json
import shutil
import socket
import subprocess
import time

import pytest
import requests

from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, Session, dockerimage, registry
from profile_cd.sources.registry import Registries, Repository
from sandbox.net import Response, Street
from sandbox.registry import Image
from sandbox.token_server import ISSUER, SERVICE, TokenServer

REGISTRY = shutil.which("docker-registry")
pytestmark = pytest.mark.skipif(REGISTRY is None, reason="docker-registry is not installed (Debian's package)")

TAGS = [f"1.{number // 100}.{number % 100}" for number in range(5000)]
USERS = {"robot": "s3cret"}
BOTH = ("linux/amd64", "linux/arm64")
KEPT = ("Authorization", "Accept")
GIVEN = ("Content-Type", "Www-Authenticate", "Link", "Docker-Content-Digest")


class Front:
    """One address for a registry and its token server, as most companies have it."""

    def __init__(self, tokens, port):
        self.tokens = tokens
        self.registry = f"http://127.0.0.1:{port}"

    def answer(self, request):
        if request.path == "/token":
            return self.tokens.answer(request)
        headers = {name: request.headers[name.lower()] for name in KEPT if name.lower() in request.headers}
        said = requests.request(request.method, f"{self.registry}{request.target}", headers=headers, timeout=10)
        return Response(said.status_code, {k: v for k, v in said.headers.items() if k.title() in GIVEN}, said.content)


def fill(root, repository, tags, platforms):
    """Write what a push leaves behind: blobs, the links of revisions and layers, and the links of tags."""
    base = root / "docker/registry/v2"
    contents = Image(repository, "1", platforms, "2025-01-01T00:00:00Z").contents()
    home = base / "repositories" / repository
    digests = [hashlib.sha256(body).hexdigest() for _, body in contents]
    for digest, (kind, body) in zip(digests, contents, strict=True):
        write(base / f"blobs/sha256/{digest[:2]}/{digest}/data", body)
        place = "_layers" if "config" in kind else "_manifests/revisions"
        write(home / f"{place}/sha256/{digest}/link", f"sha256:{digest}".encode())
    for tag in tags:
        write(home / f"_manifests/tags/{tag}/current/link", f"sha256:{digests[0]}".encode())


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def settings(folder, port, realm, certificate):
    (folder / "token.crt").write_bytes(certificate)
    token = {"realm": realm, "service": SERVICE, "issuer": ISSUER, "rootcertbundle": str(folder / "token.crt")}
    return {
        "version": "0.1",
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "data")}},
        "http": {"addr": f"127.0.0.1:{port}"},
        "auth": {"token": token},
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the registry does not start")


@pytest.fixture(scope="module")
def tokens():
    return TokenServer(USERS, private=["acme/secret"])


@pytest.fixture(scope="module")
def host(tmp_path_factory, tokens):
    folder, port = tmp_path_factory.mktemp("registry"), free_port()
    fill(folder / "data", "acme/app", TAGS, BOTH)
    fill(folder / "data", "acme/secret", ["1.0.0"], BOTH[:1])
    fill(folder / "data", "acme/bare", ["1.0.0"], ())
    fill(folder / "data", "acme/empty", [], BOTH)
    (folder / "data/docker/registry/v2/repositories/acme/empty/_manifests/tags").mkdir()
    with Street() as street:
        url = street.listen(Front(tokens, port))
        config = settings(folder, port, f"{url}/token", tokens.certificate_pem())
        (folder / "config.yml").write_text(json.dumps(config))
        with (folder / "log").open("w") as log:
            server = subprocess.Popen([REGISTRY, "serve", str(folder / "config.yml")], stdout=log, stderr=log)
        try:
            wait_for(port)
            yield url.removeprefix("http://")
        finally:
            server.terminate()
            server.wait(10)


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
