"""Tag lists from every sort of registry, without asking more than needed and without giving a login away."""

import pytest

from profile_cd.credentials import Login, Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.hosts import is_loopback
from profile_cd.protocols import Answer
from profile_cd.services.web import HttpWeb
from profile_cd.sources import next_page, registry
from profile_cd.sources.registry import Registries, Repository, challenges, trusted
from sandbox.clock import ManualClock
from sandbox.net import Response, Street, faults
from sandbox.registry import Gate, Registry, docker_hub

APP = {"acme/app": ["1.0.0", "1.10.0", "1.9.0"]}
MANY = {"acme/app": [f"1.0.{number}" for number in range(10_000)]}
USERS = {"robot": "s3cret"}
ROBOT = Login("robot", Secret("s3cret"))


@pytest.fixture
def street():
    with Street() as street:
        yield street


def at(url, repository="acme/app", login=None):
    return Repository(url.partition("://")[2], repository, login)


def listed(street, site, login=None):
    asked = at(street.listen(site), login=login)
    return registry.tags([asked], Registries(HttpWeb(clock=ManualClock())))[asked]


def paths(street):
    return [exchange.request.path for exchange in street.exchanges]


def authorizations(street):
    return [exchange.request.headers.get("authorization", "") for exchange in street.exchanges]


@pytest.mark.parametrize(
    "gate",
    [
        pytest.param(Gate(), id="open"),
        pytest.param(Gate("token"), id="token in both fields"),
        pytest.param(Gate("token", token_field="token"), id="token"),
        pytest.param(Gate("token", token_field="access_token"), id="access_token"),
        pytest.param(Gate("both-in-one-header"), id="several challenges in one header"),
        pytest.param(Gate("token", lifetime=1), id="a token that is soon worn out"),
    ],
)
def test_a_stranger_gets_all_tags_in_the_registrys_order(street, gate):
    assert listed(street, Registry(APP, gate=gate)) == ("1.0.0", "1.10.0", "1.9.0")


@pytest.mark.parametrize("kind", ["token", "basic", "both-in-one-header"])
def test_a_login_opens_a_private_repository(street, kind):
    site = Registry(APP, gate=Gate(kind, users=USERS, private=["acme/app"]))

    assert listed(street, site, ROBOT) == ("1.0.0", "1.10.0", "1.9.0")


@pytest.mark.parametrize("kind", ["token", "basic"])
def test_a_stranger_at_a_private_repository_is_told_where_a_login_belongs(street, kind):
    site = Registry(APP, gate=Gate(kind, users=USERS, private=["acme/app"]))

    assert "registry-credentials" in str(listed(street, site))


@pytest.mark.parametrize("kind", ["token", "basic"])
def test_a_wrong_password_is_named_and_not_shown(street, kind):
    site = Registry(APP, gate=Gate(kind, users=USERS))
    failed = listed(street, site, Login("robot", Secret("wr0ng")))

    assert isinstance(failed, SourceFailed)
    assert "wr0ng" not in f"{failed!s} {failed!r} {failed.__context__!r}"


def test_a_bare_token_is_shown_to_the_registry_as_it_is(street):
    seen = []

    class Bearer:
        def answer(self, request):
            seen.append(request.headers.get("authorization"))
            if seen[-1] != "Bearer t0ken":
                return Response(401, {"WWW-Authenticate": 'Bearer realm="https://elsewhere.example/token"'})
            return Response.of_json({"tags": ["1.0.0"]})

    assert listed(street, Bearer(), Login("", Secret("t0ken"))) == ("1.0.0",)
    assert seen == [None, "Bearer t0ken"]


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(Registry(MANY, link="relative"), id="relative Link"),
        pytest.param(Registry(MANY, link="absolute"), id="absolute Link"),
        pytest.param(Registry(MANY, link="none", page=10_000, ignores_n=True), id="no Link, n ignored"),
        pytest.param(Registry(MANY, page=100, default_page=100, order="upload"), id="pages of a hundred"),
        pytest.param(Registry(MANY, gate=Gate("token")), id="behind a token"),
    ],
)
def test_ten_thousand_tags_arrive_whatever_the_paging(street, site):
    assert set(listed(street, site)) == set(MANY["acme/app"])


def test_a_full_last_page_ends_with_an_empty_one(street):
    assert len(listed(street, Registry({"acme/app": [f"1.0.{number}" for number in range(2000)]}))) == 2000
    assert len(paths(street)) == 3


@pytest.mark.parametrize("null", [True, False])
def test_a_repository_without_tags_has_none(street, null):
    assert listed(street, Registry({"acme/app": []}, null_when_empty=null)) == ()


def test_upload_order_is_kept(street):
    assert listed(street, Registry(APP, order="upload")) == ("1.0.0", "1.10.0", "1.9.0")


def test_signatures_are_no_versions(street):
    digest = "sha256-" + "ab" * 32
    tags = ["1.0.0", digest, f"{digest}.sig", f"{digest}.att", f"{digest}.sbom", "sha256-not-a-digest.sig"]

    assert listed(street, Registry({"acme/app": tags})) == ("1.0.0", "sha256-not-a-digest.sig")


def test_a_hundred_repositories_of_one_registry_share_challenges_and_tokens(street):
    repositories = {f"acme/app-{number}": ["1.0.0"] for number in range(100)}
    url = street.listen(Registry(repositories, gate=Gate("token")))
    found = registry.tags([at(url, name) for name in repositories], Registries(HttpWeb()))

    assert set(found.values()) == {("1.0.0",)}
    assert len(street.exchanges) == 1 + 3 + 100


def test_where_a_token_covers_one_repository_each_asks_for_its_own(street):
    repositories = {f"acme/app-{number}": ["1.0.0"] for number in range(5)}
    url = street.listen(Registry(repositories, gate=Gate("token", scopes="one")))

    assert set(registry.tags([at(url, name) for name in repositories], Registries(HttpWeb())).values()) == {("1.0.0",)}


def test_an_unknown_or_private_repository_fails_alone(street):
    site = Registry({**APP, "acme/secret": ["1.0.0"]}, gate=Gate("token", private=["acme/secret"]))
    url = street.listen(site)
    asked = [at(url), at(url, "acme/typo"), at(url, "acme/secret")]
    good, typo, secret = registry.tags(asked, Registries(HttpWeb())).values()

    assert good == ("1.0.0", "1.10.0", "1.9.0")
    assert "acme/typo" in str(typo)
    assert "does not let us read acme/secret" in str(secret)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(Response(200, {}, b"<html>Sign in</html>"), "sign-in page", id="a page"),
        pytest.param(Response.of_json({"tags": "1.0.0"}), "status 200", id="tags that are no list"),
        pytest.param(Response.of_json(["1.0.0"]), "status 200", id="a list"),
        pytest.param(Response(200, {}, b"[" * 100_000), "sign-in page", id="brackets without end"),
        pytest.param(Response(418), "status 418", id="another status"),
        pytest.param(Response(429, {"Retry-After": "900"}), "registry-credentials", id="a limit"),
    ],
)
def test_what_is_no_tag_list_is_a_failure_of_the_host(street, said, words):
    class Odd:
        def answer(self, _):
            return said

    failed = listed(street, Odd())
    assert isinstance(failed, Unreachable)
    assert words in str(failed)


def test_tags_that_are_no_texts_are_left_out(street):
    class Odd:
        def answer(self, _):
            return Response.of_json({"tags": ["1.0.0", None, 2, ["x"]]})

    assert listed(street, Odd()) == ("1.0.0",)


def test_a_link_in_a_circle_ends(street):
    class Circle:
        def answer(self, _):
            return Response.of_json({"tags": ["1.0.0"]}, headers={"Link": '</v2/acme/app/tags/list?n=1>; rel="next"'})

    assert "never ends" in str(listed(street, Circle()))


def test_a_link_to_another_host_is_not_followed(street):
    other = street.listen(Registry(APP))

    class Elsewhere:
        def answer(self, _):
            return Response.of_json({"tags": []}, headers={"Link": f'<{other}/v2/acme/app/tags/list>; rel="next"'})

    assert "another host" in str(listed(street, Elsewhere()))
    assert len(street.exchanges) == 1


def test_a_realm_on_another_host_gets_no_login(street):
    guard = Gate("token", users=USERS)
    elsewhere = Street()
    with elsewhere:
        guard.realm = elsewhere.listen(Registry({}, gate=guard)) + "/token"
        assert listed(street, Registry(APP, gate=guard), ROBOT) == ("1.0.0", "1.10.0", "1.9.0")

    assert authorizations(elsewhere) == [""]


def test_a_redirect_to_another_host_takes_no_login_along(street):
    elsewhere = Street()
    with elsewhere:
        target = elsewhere.listen(Registry(APP))

        class Moved:
            def answer(self, request):
                if "authorization" not in request.headers:
                    return Response(401, {"WWW-Authenticate": 'Basic realm="x"'})
                return Response(307, {"Location": f"{target}{request.target}"})

        assert listed(street, Moved(), ROBOT) == ("1.0.0", "1.10.0", "1.9.0")

    assert authorizations(elsewhere) == [""]


def test_no_netrc_is_read(street, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login thief password loot\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    listed(street, Registry(APP))

    assert authorizations(street) == [""]


def test_tags_and_heads_are_no_pulls(street):
    site = Registry(APP, gate=Gate("token"), pull_limit=1)
    asked = at(street.listen(site))
    registries = Registries(HttpWeb())
    registry.tags([asked], registries)
    assert registry.manifest(asked, "1.9.0", registries, whole=False).status == 200
    assert site.pulls == 0
    assert registry.manifest(asked, "1.9.0", registries, whole=True).status == 200
    assert site.pulls == 1


def test_a_registry_that_stumbles_is_asked_again(street):
    street.hooks.append(faults.status(503, times=1))

    assert listed(street, Registry(APP)) == ("1.0.0", "1.10.0", "1.9.0")


@pytest.mark.parametrize(
    ("header", "schemes"),
    [
        ('Bearer realm="https://a/t",service="s",scope="repository:a/b:pull,push"', ["bearer"]),
        ('Bearer realm="https://a/t",service="s",scope="*",Basic realm="x"', ["bearer", "basic"]),
        ('Basic realm="x", Bearer realm="https://a/t"', ["basic", "bearer"]),
        ("basic realm=x", ["basic"]),
        ('BEARER realm="https://a/t" , error="invalid_token"', ["bearer"]),
        ('Bearer realm="https://a/t?x=,Basic realm=y"', ["bearer"]),
        ("Negotiate", []),
        ("", []),
        ("Bearer" + " " * 60_000, ["bearer"]),
    ],
)
def test_challenges_are_told_apart(header, schemes):
    assert [each.scheme for each in challenges(header)] == schemes


def test_a_challenge_says_where_and_what_for():
    found = challenges('Bearer realm="https://a/t",service="s",scope="repository:a/b:pull"')[0]

    assert (found.realm, found.service, found.scope) == ("https://a/t", "s", "repository:a/b:pull")


@pytest.mark.parametrize(
    ("host", "realm"),
    [
        ("registry-1.docker.io", "https://auth.docker.io/token"),
        ("ghcr.io", "https://ghcr.io/token"),
        ("quay.io", "https://quay.io/v2/auth"),
        ("registry.gitlab.com", "https://gitlab.com/jwt/auth"),
        ("registry.acme.example", "https://gitlab.acme.example/jwt/auth"),
        ("reg.acme.example:5000", "https://reg.acme.example/token"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000/token"),
    ],
)
def test_a_login_goes_to_the_registrys_own_token_server(host, realm):
    assert trusted(host, realm)


@pytest.mark.parametrize(
    ("host", "realm"),
    [
        ("ghcr.io", "https://evil.example/token"),
        ("ghcr.io", "https://evil.io/token"),
        ("ghcr.io", "http://ghcr.io/token"),
        ("ghcr.io", "https://ghcr.io.evil.example/token"),
        ("ghcr.io", "https://ghcr.io@evil.example/token"),
        ("registry.docker.io", "https://evildocker.io/token"),
        ("acme.co.uk", "https://evil.co.uk/token"),
        ("10.0.0.1:5000", "https://9.0.0.1/token"),
        ("127.0.0.1:5000", "http://127.0.0.1:5001/token"),
        ("127.0.0.1:5000", "https://evil.example/token"),
    ],
)
def test_a_login_goes_nowhere_else(host, realm):
    assert not trusted(host, realm)


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:5000", "127.1.2.3", "[::1]:5000"])
def test_this_machine_speaks_plain_http(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example", "10.0.0.1", "127.0.0.1.example", "registry-1.docker.io", ""])
def test_other_machines_do_not(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('</v2/x?last=a&n=1>; rel="next"', "https://r.example/v2/x?last=a&n=1"),
        ("</v2/x>; rel=next", "https://r.example/v2/x"),
        ('<https://o.example/y>; rel="prev", <?page=2>; rel="next"', "https://r.example/v2/t?page=2"),
        ('<https://o.example/y>; rel="last"', ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_next_page_is_the_one_that_is_called_next(link, address):
    assert next_page(Answer(200, {"link": link}, b"", "https://r.example/v2/t?page=1")) == address


def test_one_repository_that_spoils_the_common_token_does_not_close_the_others(street):
    class Strict:
        """Refuses a token that was asked for more than one repository, as a 403."""

        def answer(self, request):
            if request.path == "/token":
                return Response.of_json({"token": str(len(request.query["scope"]))})
            said = request.headers.get("authorization")
            if said is None:
                return Response(401, {"WWW-Authenticate": f'Bearer realm="{request.origin}/token"'})
            return Response.of_json({"tags": ["1.0.0"]}) if said == "Bearer 1" else Response(403)

    url = street.listen(Strict())
    found = registry.tags([at(url, "acme/a"), at(url, "acme/b")], Registries(HttpWeb()))
    assert set(found.values()) == {("1.0.0",)}


def test_docker_hub_gets_its_login_at_its_token_server_and_counts_no_pull(tmp_path, monkeypatch):
    sites = docker_hub({"acme/app": ["1.0.0"]})
    hub = sites["registry-1.docker.io"]
    hub.gate.users, hub.gate.private = USERS, ["acme/app"]
    with Street(sites) as street:
        (tmp_path / "authority.pem").write_bytes(street.authority_pem())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        monkeypatch.setenv("HTTPS_PROXY", street.proxy())
        asked = Repository("registry-1.docker.io", "acme/app", ROBOT)

        assert registry.tags([asked], Registries(HttpWeb())) == {asked: ("1.0.0",)}
        logins = [each.request.host for each in street.exchanges if "Basic" in str(each.request.headers)]
        assert [host.partition(":")[0] for host in logins] == ["auth.docker.io"]
    assert hub.pulls == 0


def test_a_token_server_that_is_down_fails_every_repository_of_its_registry_at_once(street):
    gate = Gate("token")
    down, good = street.listen(Registry(APP, gate=gate)), street.listen(Registry(APP))
    down_server = street.listen(Registry({}))
    gate.realm = f"{down_server}/token"
    fault = faults.status(503, when=lambda request: request.origin == down_server)
    street.hooks.append(fault)
    asked = [at(down), at(down, "acme/other"), at(good)]
    first, second, third = registry.tags(asked, Registries(HttpWeb(clock=ManualClock()))).values()

    assert isinstance(first, Unreachable)
    assert isinstance(second, Unreachable)
    assert third == ("1.0.0", "1.10.0", "1.9.0")
    assert fault.struck == 3


def test_a_token_server_without_encryption_is_not_asked(tmp_path, monkeypatch):
    site = Registry(APP, gate=Gate("token", realm="http://169.254.169.254/token"))
    with Street({"registry.example": site}) as street:
        (tmp_path / "authority.pem").write_bytes(street.authority_pem())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        for name in ("HTTPS_PROXY", "HTTP_PROXY"):
            monkeypatch.setenv(name, street.proxy())
        asked = Repository("registry.example", "acme/app", ROBOT)

        assert "without encryption" in str(registry.tags([asked], Registries(HttpWeb()))[asked])
        assert len(street.exchanges) == 1
