"""Whose login goes where: to the host that it was written for, encrypted, and GITHUB_TOKEN to GitHub alone."""

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials, Login, Secret, basic
from profile_cd.errors import SourceFailed
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, Session
from profile_cd.sources.logins import login_for
from tests.sources.webs import Spoken

ROBOT = Login("robot", Secret("s3cret"))
OTHER = Login("robot", Secret("0ther"))
TOKEN = Secret("ghs_of_the_run")
OF_RUN = Credentials(github_tokens={"api.github.com": TOKEN})


@pytest.mark.parametrize("url", ["http://charts.example/index.yaml", "http://10.0.0.7:8080/acme/app.git"])
def test_a_login_is_never_sent_without_encryption(url):
    with pytest.raises(SourceFailed, match="without encryption"):
        login_for(url, ROBOT, Credentials())
    host = url.split("/")[2]
    assert login_for(url, None, Credentials({host: ROBOT})) is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5000/index.yaml", "http://localhost/a.git", "https://charts.example"]
)
def test_this_machine_needs_no_encryption(url):
    assert login_for(url, ROBOT, Credentials()) == ROBOT


@pytest.mark.parametrize(
    "source",
    [
        DockerImage("registry.example/acme/app", token=TOKEN),
        DockerImage("acme/app", username="robot", password=TOKEN),
        DockerImage("acme/app", username=TOKEN.reveal(), password=Secret("x")),
        DockerImage("registry.example/acme/app", token=Secret(f"x-{TOKEN.reveal()}")),
        HelmChart("https://acme.github.io/charts", "app", username="robot", password=TOKEN),
        HelmChart("oci://registry.example/acme", "app", token=TOKEN),
        GitTag("https://git.example/acme/app.git", token=TOKEN),
        GitHubRelease("acme", "app", url="https://git.example", token=TOKEN),
        GitHubRelease("acme", "app", url="https://github.com.evil.example", token=TOKEN),
    ],
    ids=lambda source: source.id,
)
def test_githubs_token_goes_to_nobody_else_and_fails_its_source_alone(source):
    good = DockerImage("registry.example/acme/other")
    web = Spoken(lambda *_: (200, {"tags": ["1.0.0"]}), {"refs/tags/v1": "a" * 40})

    found = sources.ask([source, good], Session(web, OF_RUN))

    assert "GitHub's own hosts" in str(found[source])
    assert TOKEN.reveal() not in str(found[source])
    assert found[good] == ("1.0.0",)
    assert all(TOKEN.reveal() not in str(headers) for _, _, headers in web.asked)


@pytest.mark.parametrize(
    ("host", "api"),
    [
        ("github.com", "api.github.com"),
        ("api.github.com", "api.github.com"),
        ("ghcr.io", "api.github.com"),
        ("raw.githubusercontent.com", "api.github.com"),
        ("git.acme.example", "git.acme.example"),
        ("containers.git.acme.example", "git.acme.example"),
        ("acme.ghe.com", "api.acme.ghe.com"),
        ("containers.acme.ghe.com", "api.acme.ghe.com"),
    ],
)
def test_githubs_own_hosts_are_shown_its_token(host, api):
    credentials = Credentials(github_tokens={api: TOKEN})

    assert not credentials.leaks(Login("", TOKEN), host)


def registry(realm, token="minted", scope="repository:victim/private:pull,push"):
    """A registry that sends everybody to *realm*, for whatever it likes; and that token server."""
    challenge = {"www-authenticate": f'Bearer realm="{realm}",service="s",scope="{scope}"'}

    def site(_method, url, headers, _sent):
        if url.startswith(realm):
            return 200, {"token": token}
        if headers.get("Authorization") == f"Bearer {token}":
            return 200, {"tags": ["1.0.0"]}
        return 401, {}, challenge

    return Spoken(site)


def asked(web, logins, image="evil.example/acme/app"):
    return sources.ask([DockerImage(image)], Session(web, Credentials(logins)))[DockerImage(image)]


def shown(web, host):
    """The scopes that were asked for at *host*, and the logins that it was shown."""
    at = [(url, headers) for _, url, headers in web.asked if url.startswith(f"https://{host}/")]
    return [(url.partition("scope=")[2], headers.get("Authorization")) for url, headers in at]


PULL = "repository%3Aacme%2Fapp%3Apull"


@pytest.mark.parametrize("scope", ["repository:victim/private:pull", "repository:acme/app:pull,push", "*"])
def test_a_realm_on_a_host_that_has_a_login_gets_neither_that_login_nor_another_scope(scope):
    web = registry("https://ghcr.io/token", scope=scope)

    assert asked(web, {"ghcr.io": ROBOT}) == ("1.0.0",)
    assert shown(web, "ghcr.io") == [(PULL, None)]


def test_a_realm_gets_no_login_that_was_written_for_it_beside_another_one_for_the_registry():
    web = registry("https://ghcr.io/token")
    asked(web, {"ghcr.io": ROBOT, "evil.example": OTHER})

    assert shown(web, "ghcr.io") == [(PULL, None)]


def test_whoever_gives_both_hosts_one_login_pairs_them():
    web = registry("https://tokens.example/token")
    asked(web, {"tokens.example": ROBOT, "evil.example": ROBOT})

    assert shown(web, "tokens.example") == [(PULL, basic(ROBOT))]


def test_docker_hubs_own_token_server_needs_no_pair():
    web = registry("https://auth.docker.io/token", scope="repository:acme/app:pull")
    asked(web, {"docker.io": ROBOT}, "acme/app")

    assert shown(web, "auth.docker.io") == [(PULL, basic(ROBOT))]


@pytest.mark.parametrize(
    "realm", ["https://10.0.0.1/token", "https://[::1]/x", "https://169.254.169.254/latest", "https://localhost/t"]
)
def test_no_registry_makes_us_ask_inside_a_private_network(realm):
    web = registry(realm)

    assert "private network" in str(asked(web, {}))
    assert len(web.asked) == 1


def test_a_token_server_that_a_public_registry_names_is_not_asked_inside_whatever_its_name_means():
    web = registry("https://inner.evil.example/token")
    asked(web, {})

    assert [url.partition("?")[0] for url in web.public] == ["https://inner.evil.example/token"]


def test_a_private_registry_may_have_a_private_token_server():
    assert asked(registry("https://10.0.0.1/token"), {}, "10.0.0.2:5000/acme/app") == ("1.0.0",)


def test_a_wrong_login_is_sent_once_and_named():
    web = Spoken(lambda *_: (401, {"errors": [{"code": "UNAUTHORIZED"}]}, {"www-authenticate": 'Basic realm="x"'}))
    found = asked(web, {"evil.example": ROBOT})

    assert "The login for it is wrong" in str(found)
    assert "Add a login" not in str(found)
    assert [headers.get("Authorization") for _, _, headers in web.asked] == [None, basic(ROBOT)]
