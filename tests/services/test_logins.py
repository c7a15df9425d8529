"""Logins are found where people keep them, and none is shown."""

import base64
import json
from argparse import Namespace

import pytest

from profile_cd.credentials import DOCKER_HUB, Credentials, Login, Secret, canonical, own
from profile_cd.errors import CannotStart
from profile_cd.inputs import LoginFiles, login_files, of_terminal, registry_logins
from profile_cd.services.logins import from_docker, of_user


def auth(user="robot", password="s3cret"):
    return {"auth": base64.b64encode(f"{user}:{password}".encode()).decode()}


ROBOT = Login("robot", Secret("s3cret"))


@pytest.fixture
def docker(tmp_path):
    def write(config):
        text = config if isinstance(config, str) else json.dumps(config)
        (tmp_path / "config.json").write_text(text, "utf-8")
        return from_docker(login_files({"DOCKER_CONFIG": str(tmp_path)}))

    return write


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("ghcr.io", "ghcr.io"),
        ("https://ghcr.io", "ghcr.io"),
        ("https://ghcr.io/", "ghcr.io"),
        ("GHCR.io", "ghcr.io"),
        ("registry.acme.example:5000", "registry.acme.example:5000"),
        ("https://registry.acme.example:5000/v2/", "registry.acme.example:5000"),
        ("https://index.docker.io/v1/", DOCKER_HUB),
        ("index.docker.io/v1", DOCKER_HUB),
        ("docker.io", DOCKER_HUB),
        ("registry-1.docker.io", DOCKER_HUB),
    ],
)
def test_a_host_has_one_spelling(written, host):
    assert canonical(written) == host
    assert Credentials({written: ROBOT}).for_host(host) == ROBOT


@pytest.mark.parametrize("host", ["ghcr.io:5000", "ghcr.io.evil.example", "io", "hub.docker.io", "evil-ghcr.io"])
def test_a_login_is_for_its_own_host_only(host):
    credentials = Credentials({"ghcr.io": ROBOT, "https://index.docker.io/v1/": ROBOT})

    assert credentials.for_host(host) is None


def test_the_input_has_a_login_a_line():
    found = registry_logins("ghcr.io robot s3cret\n\n# ours\n  https://docker.io   acme   with blanks in it \n")

    assert found == {"ghcr.io": ROBOT, DOCKER_HUB: Login("acme", Secret("with blanks in it"))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ghcr.io robot", "Line 1 of the input `registry-credentials` has 2 parts"),
        ("\nghcr.io robot \n", "Line 2 of the input `registry-credentials` has 2 parts"),
        ("s3cret", "has 1 parts"),
        ("ghcr.io/acme robot s3cret", "begins with no host"),
        ("https:// robot s3cret", "begins with no host"),
    ],
)
def test_a_line_that_is_no_login_is_named_but_not_shown(text, words):
    with pytest.raises(CannotStart) as caught:
        registry_logins(text)

    assert words in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "robot" not in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "login"),
    [
        pytest.param(auth(), ROBOT, id="together"),
        pytest.param(auth(password="a:b"), Login("robot", Secret("a:b")), id="a password with a colon"),
        pytest.param({"username": "robot", "password": "s3cret"}, ROBOT, id="apart"),
        pytest.param({}, None, id="empty"),
        pytest.param({"auth": "%"}, None, id="no base64"),
        pytest.param({"auth": "/w=="}, None, id="no text"),
        pytest.param(auth(password=""), None, id="no password"),
        pytest.param({"auth": 7}, None, id="a number"),
        pytest.param("robot:s3cret", None, id="text"),
    ],
)
def test_docker_keeps_logins_in_its_config_file(docker, entry, login):
    assert docker({"auths": {"ghcr.io": entry}}).for_host("ghcr.io") == login


@pytest.mark.parametrize(
    ("config", "helpers"),
    [
        pytest.param({"credHelpers": {"ghcr.io": "pass"}}, {"ghcr.io"}, id="a helper for a host"),
        pytest.param({"credsStore": "desktop", "auths": {"ghcr.io": {}}}, {"ghcr.io"}, id="a helper for all"),
        pytest.param({"credsStore": "desktop", "auths": {"ghcr.io": auth()}}, set(), id="a helper, but a login too"),
        pytest.param({"auths": {"ghcr.io": {**auth(), "identitytoken": "t"}}}, {"ghcr.io"}, id="an identity token"),
        pytest.param({"auths": {"https://index.docker.io/v1/": {}}, "credsStore": "x"}, {DOCKER_HUB}, id="Docker Hub"),
        pytest.param({"auths": ["?"], "credHelpers": "?"}, set(), id="other shapes"),
        pytest.param({}, set(), id="nothing"),
    ],
)
def test_hosts_whose_login_only_a_helper_knows_are_named(docker, config, helpers):
    assert docker(config).helpers == helpers


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_a_config_file_that_was_pointed_to_must_be_readable(docker, text):
    with pytest.raises(CannotStart, match="DOCKER_CONFIG"):
        docker(text)


def test_a_config_file_that_nobody_pointed_to_may_be_broken(tmp_path):
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker" / "config.json").write_text("{", "utf-8")

    assert from_docker(login_files({"HOME": str(tmp_path)})) == Credentials()


def test_the_config_file_is_looked_for_at_home_and_then_where_podman_keeps_it(tmp_path):
    def write(place, user):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"auths": {"ghcr.io": auth(user)}}), "utf-8")

    def user():
        login = from_docker(login_files({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")})).for_host(
            "ghcr.io"
        )
        return login and login.user

    assert user() is None
    write(tmp_path / "run" / "containers" / "auth.json", "podman")
    assert user() == "podman"
    write(tmp_path / ".docker" / "config.json", "docker")
    assert user() == "docker"


def test_a_place_that_is_not_there_holds_nothing(tmp_path):
    assert from_docker(login_files({"DOCKER_CONFIG": str(tmp_path / "nowhere")})) == Credentials()
    assert from_docker(LoginFiles()) == Credentials()


@pytest.mark.parametrize(
    ("api_url", "host"),
    [
        ("", "api.github.com"),
        ("https://api.github.com", "api.github.com"),
        ("https://ghe.acme.example/api/v3", "ghe.acme.example"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
    ],
)
def test_the_runs_token_belongs_to_its_own_github(api_url, host):
    def credentials(token):
        arguments = Namespace(directory=".", manifest_dir="", json=False, workers=1, manifest_env=[], debug=False)
        return of_user(of_terminal(arguments, {"GITHUB_TOKEN": token, "GITHUB_API_URL": api_url}))

    assert credentials("ghs_1").github_token(host) == Secret("ghs_1")
    assert not credentials("ghs_1").github_token("another.example")
    assert not credentials("").github_token(host)


@pytest.mark.parametrize(
    ("spec", "login"),
    [
        (("robot", "s3cret", ""), ROBOT),
        (("", "", "t0ken"), Login("", Secret("t0ken"))),
        (("robot", "", "t0ken"), Login("", Secret("t0ken"))),
        (("robot", "", ""), None),
        (("", "s3cret", ""), None),
    ],
)
def test_a_manifests_own_login_is_a_pair_or_a_token(spec, login):
    user, password, token = spec

    assert own(user, Secret(password), Secret(token)) == login


def test_no_secret_is_shown():
    shown = repr(Credentials({"ghcr.io": ROBOT}, {"api.github.com": Secret("ghs_1")}))

    assert "s3cret" not in shown
    assert "ghs_1" not in shown
