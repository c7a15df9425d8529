"""The registry says what distribution v3 says, page by page and door by door."""

import base64

import pytest
import requests

from sandbox.net import Street
from sandbox.registry import INDEX, MANIFEST, Gate, Registry, docker_hub, ghcr

EVERY = f"{INDEX}, {MANIFEST}"


@pytest.fixture
def street():
    with Street() as street:
        yield street


def get(url, **headers):
    return requests.get(url, headers=headers, timeout=5)


def pages(url):
    """All pages from *url* on, following Link."""
    found = []
    while url:
        answer = get(url)
        found.append(answer.json()["tags"])
        link = answer.links.get("next", {}).get("url")
        url = requests.compat.urljoin(url, link) if link else None
    return found


def test_lists_everything_in_lexical_order_when_no_page_is_asked_for(street):
    address = street.listen(Registry({"acme/ledger": ["1.9.0", "1.10.0", "v2.0.0", "latest"]}))

    answer = get(f"{address}/v2/acme/ledger/tags/list")

    assert answer.json() == {"name": "acme/ledger", "tags": ["1.10.0", "1.9.0", "latest", "v2.0.0"]}
    assert "Link" not in answer.headers


def test_a_full_last_page_still_has_a_link_and_the_next_is_empty(street):
    address = street.listen(Registry({"acme/ledger": ["a", "b", "c", "d"]}))

    assert pages(f"{address}/v2/acme/ledger/tags/list?n=2") == [["a", "b"], ["c", "d"], []]
    assert pages(f"{address}/v2/acme/ledger/tags/list?n=3") == [["a", "b", "c"], ["d"]]


def test_the_link_is_relative_and_names_the_last_tag(street):
    address = street.listen(Registry({"acme/ledger": ["a", "b"]}))

    link = get(f"{address}/v2/acme/ledger/tags/list?n=1").headers["Link"]

    assert link == '</v2/acme/ledger/tags/list?last=a&n=1>; rel="next"'


def test_a_link_can_be_absolute_or_absent(street):
    absolute = street.listen(Registry({"a/b": ["a", "b"]}, link="absolute"))
    absent = street.listen(Registry({"a/b": ["a", "b"]}, link="none"))

    assert pages(f"{absolute}/v2/a/b/tags/list?n=1") == [["a"], ["b"], []]
    assert get(f"{absolute}/v2/a/b/tags/list?n=1").links["next"]["url"].startswith(absolute)
    assert pages(f"{absent}/v2/a/b/tags/list?n=1") == [["a"]]


def test_pages_are_clamped_to_what_the_registry_allows(street):
    address = street.listen(Registry({"a/b": [f"{number:04}" for number in range(2500)]}))

    assert [len(page) for page in pages(f"{address}/v2/a/b/tags/list?n=100000")] == [1000, 1000, 500]


@pytest.mark.parametrize(("n", "status", "code"), [("-1", 400, "PAGINATION_NUMBER_INVALID"), ("abc", 400, None)])
def test_a_page_size_that_is_none_is_refused(street, n, status, code):
    address = street.listen(Registry({"a/b": ["1"]}))

    answer = get(f"{address}/v2/a/b/tags/list?n={n}")

    assert answer.status_code == status
    assert code in (None, answer.json()["errors"][0]["code"])


def test_zero_per_page_is_an_empty_list(street):
    assert get(street.listen(Registry({"a/b": ["1"]})) + "/v2/a/b/tags/list?n=0").json()["tags"] == []


def test_upload_order_pages_go_on_after_the_last_tag(street):
    registry = Registry({"a/b": ["1.0.0", "1.10.0", "1.9.0"]}, order="upload")

    assert pages(street.listen(registry) + "/v2/a/b/tags/list?n=2") == [["1.0.0", "1.10.0"], ["1.9.0"]]


def test_the_old_registry_ignores_page_and_order_and_says_null_for_nothing(street):
    registry = Registry({"a/b": ["1", "2", "3", "4"]}, order="unsorted", ignores_n=True, null_when_empty=True)
    address = street.listen(registry)

    listed = get(f"{address}/v2/a/b/tags/list?n=1").json()["tags"]
    for tag in listed:
        registry.delete("a/b", tag)

    assert sorted(listed) == ["1", "2", "3", "4"]
    assert listed != sorted(listed)
    assert get(f"{address}/v2/a/b/tags/list").json() == {"name": "a/b", "tags": None}


def test_an_unknown_repository_has_no_name(street):
    answer = get(street.listen(Registry({})) + "/v2/a/b/tags/list")

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "NAME_UNKNOWN"


def test_an_index_names_its_platforms_and_leads_to_configuration_and_labels(street):
    registry = Registry({"acme/ledger": ["1"]}, platforms={("acme/ledger", "1"): ["linux/amd64", "linux/arm64/v8"]})
    base = street.listen(registry) + "/v2/acme/ledger"

    index = get(f"{base}/manifests/1", Accept=EVERY)
    child = get(f"{base}/manifests/{index.json()['manifests'][1]['digest']}", Accept=EVERY)
    config = get(f"{base}/blobs/{child.json()['config']['digest']}").json()

    assert index.headers["Content-Type"] == INDEX
    assert index.json()["manifests"][1]["platform"] == {"os": "linux", "architecture": "arm64", "variant": "v8"}
    assert child.headers["Content-Type"] == MANIFEST
    assert config["created"] == "2025-01-01T00:00:00Z"
    assert config["config"]["Labels"]["org.opencontainers.image.source"] == "https://github.com/acme/ledger"


def test_a_blob_may_lie_on_another_host(street):
    registry = Registry({"a/b": ["1"]}, platforms={("a/b", "1"): []}, blobs_at="https://cdn.example")
    base = street.listen(registry) + "/v2/a/b"
    digest = get(f"{base}/manifests/1", Accept=EVERY).json()["config"]["digest"]

    answer = requests.get(f"{base}/blobs/{digest}", timeout=5, allow_redirects=False)

    assert answer.status_code == 307
    assert answer.headers["Location"].startswith("https://cdn.example/")


def test_a_head_has_the_digest_and_the_length_of_the_get(street):
    url = street.listen(Registry({"a/b": ["1"]})) + "/v2/a/b/manifests/1"

    head = requests.head(url, headers={"Accept": EVERY}, timeout=5)
    answer = get(url, Accept=EVERY)

    assert head.content == b""
    assert head.headers["Docker-Content-Digest"] == answer.headers["Docker-Content-Digest"]
    assert int(head.headers["Content-Length"]) == len(answer.content)


def test_an_index_is_not_given_to_a_client_that_accepts_none(street):
    answer = get(street.listen(Registry({"a/b": ["1"]})) + "/v2/a/b/manifests/1", Accept=MANIFEST)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "MANIFEST_UNKNOWN")


def test_a_tag_can_be_listed_without_a_manifest(street):
    base = street.listen(Registry({"a/b": ["1"]}, missing=[("a/b", "1")])) + "/v2/a/b"

    assert get(f"{base}/tags/list").json()["tags"] == ["1"]
    assert get(f"{base}/manifests/1", Accept=EVERY).status_code == 404


def test_only_gets_of_manifests_are_pulls_and_the_limit_holds(street):
    registry = Registry({"a/b": ["1"]}, pull_limit=1)
    base = street.listen(registry) + "/v2/a/b"

    get(f"{base}/tags/list")
    head = requests.head(f"{base}/manifests/1", headers={"Accept": EVERY}, timeout=5)
    first, second = (get(f"{base}/manifests/1", Accept=EVERY) for _ in range(2))

    assert head.headers["ratelimit-remaining"] == "1;w=21600"
    assert first.headers["ratelimit-remaining"] == "0;w=21600"
    assert (second.status_code, second.json()["errors"][0]["code"]) == (429, "TOOMANYREQUESTS")
    assert registry.pulls == 1


def test_what_is_published_is_listed(street):
    registry = Registry({"a/b": ["1"]})
    base = street.listen(registry) + "/v2/a/b"

    registry.publish("a/b", "2", platforms=["linux/amd64"], created="2025-02-02T00:00:00Z")

    index = get(f"{base}/manifests/2", Accept=EVERY).json()
    assert get(f"{base}/tags/list").json()["tags"] == ["1", "2"]
    assert [each["platform"]["architecture"] for each in index["manifests"]] == ["amd64"]
    assert index["annotations"]["org.opencontainers.image.created"] == "2025-02-02T00:00:00Z"


def ask_token(base, *scopes, **headers):
    query = [("service", "registry"), *(("scope", f"repository:{scope}:pull") for scope in scopes)]
    return requests.get(f"{base}/token", params=query, headers=headers, timeout=5)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_challenge_names_realm_service_and_scope_and_its_token_opens(street):
    base = street.listen(Registry({"a/b": ["1"]}, gate=Gate("token")))

    challenge = get(f"{base}/v2/a/b/tags/list")
    token = ask_token(base, "a/b").json()["token"]

    assert challenge.status_code == 401
    assert challenge.headers["WWW-Authenticate"] == (
        f'Bearer realm="{base}/token",service="registry",scope="repository:a/b:pull"'
    )
    assert challenge.json()["errors"][0]["code"] == "UNAUTHORIZED"
    assert get(f"{base}/v2/a/b/tags/list", **bearer(token)).json()["tags"] == ["1"]


def test_a_token_opens_no_other_repository_and_junk_opens_nothing(street):
    base = street.listen(Registry({"a/b": ["1"], "a/c": ["1"]}, gate=Gate("token")))
    token = ask_token(base, "a/b").json()["token"]

    other = get(f"{base}/v2/a/c/tags/list", **bearer(token))
    junk = get(f"{base}/v2/a/b/tags/list", **bearer("junk"))

    assert 'error="insufficient_scope"' in other.headers["WWW-Authenticate"]
    assert 'error="invalid_token"' in junk.headers["WWW-Authenticate"]


@pytest.mark.parametrize(("scopes", "statuses"), [("many", [200, 200]), ("one", [200, 401])])
def test_one_token_may_or_may_not_cover_several_repositories(street, scopes, statuses):
    base = street.listen(Registry({"a/b": ["1"], "a/c": ["1"]}, gate=Gate("token", scopes=scopes)))
    token = ask_token(base, "a/b", "a/c").json()["token"]

    assert [get(f"{base}/v2/{repo}/tags/list", **bearer(token)).status_code for repo in ("a/b", "a/c")] == statuses


def test_the_token_stands_in_the_field_that_is_wanted(street):
    base = street.listen(Registry({}, gate=Gate("token", token_field="access_token")))

    assert {"token", "access_token"} & set(ask_token(base, "a/b").json()) == {"access_token"}


def test_a_worn_out_token_is_invalid(street):
    base = street.listen(Registry({"a/b": ["1"]}, gate=Gate("token", lifetime=1)))
    token = ask_token(base, "a/b").json()["token"]

    assert [get(f"{base}/v2/a/b/tags/list", **bearer(token)).status_code for _ in range(2)] == [200, 401]


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_a_private_repository_opens_to_its_users_only(street):
    base = street.listen(Registry({"a/b": ["1"]}, gate=Gate("token", users={"u": "p"}, private=["a/b"])))

    stranger = ask_token(base, "a/b").json()["token"]
    user = ask_token(base, "a/b", **basic("u", "p")).json()["token"]

    assert ask_token(base, "a/b", **basic("u", "wrong")).status_code == 401
    assert get(f"{base}/v2/a/b/tags/list", **bearer(stranger)).status_code == 401
    assert get(f"{base}/v2/a/b/tags/list", **bearer(user)).status_code == 200


def test_basic_alone_asks_for_a_password(street):
    base = street.listen(Registry({"a/b": ["1"]}, gate=Gate("basic", users={"u": "p"})))

    assert get(f"{base}/v2/a/b/tags/list").headers["WWW-Authenticate"] == 'Basic realm="registry"'
    assert get(f"{base}/v2/a/b/tags/list", **basic("u", "p")).status_code == 200
    assert get(f"{base}/v2/a/b/tags/list", **basic("u", "")).status_code == 401


def test_two_challenges_in_one_header_take_either(street):
    base = street.listen(Registry({"a/b": ["1"]}, gate=Gate("both-in-one-header", users={"u": "p"})))
    token = ask_token(base, "a/b").json()["token"]

    assert get(f"{base}/v2/").headers["WWW-Authenticate"].endswith('scope="*",Basic realm="registry"')
    assert get(f"{base}/v2/a/b/tags/list", **basic("u", "p")).status_code == 200
    assert get(f"{base}/v2/a/b/tags/list", **bearer(token)).status_code == 200


def test_docker_hub_and_ghcr_stand_under_their_own_names(street, tmp_path):
    street.sites.update(docker_hub({"library/redis": ["7.0.0"]}) | ghcr({"acme/onboard": ["v1.0.0"]}))
    trusted = tmp_path / "ca.pem"
    trusted.write_bytes(street.authority_pem())
    session = requests.Session()
    session.trust_env, session.proxies, session.verify = False, {"https": street.proxy()}, str(trusted)

    with session:
        challenge = session.get("https://registry-1.docker.io/v2/library/redis/tags/list", timeout=5)
        scope = {"service": "registry.docker.io", "scope": "repository:library/redis:pull"}
        token = session.get("https://auth.docker.io/token", params=scope, timeout=5).json()["token"]
        listed = session.get(challenge.url, headers=bearer(token), timeout=5)
        other = session.get("https://ghcr.io/v2/acme/onboard/tags/list", timeout=5)

    assert 'realm="https://auth.docker.io/token"' in challenge.headers["WWW-Authenticate"]
    assert listed.json()["tags"] == ["7.0.0"]
    assert 'realm="https://ghcr.io/token"' in other.headers["WWW-Authenticate"]
