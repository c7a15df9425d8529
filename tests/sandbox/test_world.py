"""The world stands under real names, knows what it is told and no more, and runs a command in it."""

import json
import signal
import subprocess
import sys

import pytest
import requests
import yaml

from sandbox.world import EXAMPLE, EXAMPLE_VERSIONS, QUIET, Seen, World, known_versions, place
from tests.paths import DATA


@pytest.fixture(scope="module")
def shared():
    if not DATA.is_dir():
        pytest.skip("the data for tests is not beside this checkout, at ../shared/data")
    return DATA


@pytest.fixture
def example():
    with World.of_example() as example:
        yield example


def get(inhabited, url, **headers):
    environment = inhabited.environment()
    with requests.Session() as session:
        session.trust_env = False
        session.proxies, session.verify = {"https": environment["HTTPS_PROXY"]}, environment["SSL_CERT_FILE"]
        return session.get(url, headers=headers, timeout=5)


def tags(inhabited, realm, host, repo):
    token = get(inhabited, f"{realm}?scope=repository:{repo}:pull").json()["token"]
    return get(inhabited, f"https://{host}/v2/{repo}/tags/list", Authorization=f"Bearer {token}").json()["tags"]


def test_docker_hub_ghcr_and_charts_answer_under_their_names(example):
    hub = tags(example, "https://auth.docker.io/token", "registry-1.docker.io", "acme/ledger")
    ghcr = tags(example, "https://ghcr.io/token", "ghcr.io", "acme/onboard")
    charts = yaml.safe_load(get(example, "https://acme.github.io/charts/index.yaml").content)

    assert hub == ["latest", "v1.4.0", "v1.4.2"]
    assert ghcr == ["v1.1.0"]
    assert charts["entries"]["platform"][0]["created"] == "2026-03-01T09:00:00Z"


def test_what_is_published_while_it_runs_is_seen(example):
    example.hub.publish("acme/ledger", "v1.5.0")

    listed = tags(example, "https://auth.docker.io/token", "index.docker.io", "acme/ledger")

    assert listed[-1] == "v1.5.0"


def test_a_plain_address_needs_no_proxy(example):
    address = example.addresses()["acme.github.io"]

    assert requests.get(f"{address}/charts/index.yaml", timeout=5).status_code == 200


def test_gitlab_starts_the_pipelines_of_the_projects_with_their_secrets(example):
    for entry in json.loads(example.projects):
        environment = example.environment()
        with requests.Session() as session:
            session.trust_env = False
            session.proxies, session.verify = {"https": environment["HTTPS_PROXY"]}, environment["SSL_CERT_FILE"]
            form = {"token": example.secrets[entry["secret"]], "ref": "main"}
            assert session.post(entry["url"], data=form, timeout=5).status_code == 201

    assert [each.project.path for each in example.gitlab.pipelines] == ["acme/dev", "acme/test", "acme/onboarding"]


def test_github_has_the_profile_and_the_releases(example):
    token = example.environment()["GITHUB_TOKEN"]
    base = "https://api.github.com/repos/acme"

    listed = get(example, f"{base}/test-cases/releases", Authorization=f"Bearer {token}").json()
    main = get(example, f"{base}/profile/git/ref/heads/main", Authorization=f"Bearer {token}").json()

    assert [(each["tag_name"], each["created_at"]) for each in listed] == [("v5.0.0", "2026-03-01T09:00:00Z")]
    assert main["object"]["sha"] == example.github.repository("acme/profile").head()
    assert example.github.repository("acme/profile").read()["onboard.yaml"].startswith(b"image: ")


def test_an_unknown_host_is_no_host(example):
    assert get(example, "https://example.com/").status_code == 502


def test_the_summary_counts_requests_connections_and_pulls(example):
    get(example, "https://acme.github.io/charts/index.yaml")

    assert example.summary() == "1 requests, 1 connections, 0 pulls counted by Docker Hub"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("redis", ("registry-1.docker.io", "library/redis")),
        ("acme/ledger", ("registry-1.docker.io", "acme/ledger")),
        ("docker.io/acme/ledger", ("registry-1.docker.io", "acme/ledger")),
        ("ghcr.io/acme/onboard", ("ghcr.io", "acme/onboard")),
        ("quay.io/a/b/c", ("quay.io", "a/b/c")),
        ("localhost:5000/a", ("localhost", "a")),
    ],
)
def test_an_image_lies_where_docker_says(image, expected):
    assert place(image) == expected


def test_every_source_of_the_example_is_published_with_the_version_in_use():
    quiet = known_versions.read(EXAMPLE_VERSIONS, QUIET)

    for name, versions in known_versions.in_use(EXAMPLE).items():
        assert versions
        assert set(versions) <= {seen.version for seen in quiet[name]}, name


def test_until_leaves_out_what_came_later(tmp_path):
    file = tmp_path / "versions.json"
    entries = [{"version": "1", "first_seen": "2025-01-01T00:00:00Z"}, {"version": "2", "first_seen": "2025-01-03"}]
    file.write_text(json.dumps({"sources": {"dockerimage:a/b": {"versions": entries}}}))

    known = known_versions.read(file, "2025-01-02")

    assert known == {"dockerimage:a/b": (Seen("1", "2025-01-01T00:00:00Z"),)}


def test_what_is_in_use_is_published_with_some_history_and_nothing_twice():
    known = {"dockerimage:a/b": (Seen("v1.0.2"), Seen("v1.0.3"))}

    filled = known_versions.filled(known, {"dockerimage:a/b": ["v1.0.3"], "dockerimage:a/c": ["next"]})

    assert [seen.version for seen in filled["dockerimage:a/b"]] == ["v1.0.0", "v1.0.1", "v1.0.2", "v1.0.3"]
    assert [seen.version for seen in filled["dockerimage:a/c"]] == ["next"]


def test_all_sources_of_the_real_profile_have_their_version(shared):
    in_use = known_versions.in_use(shared / "profile" / "head")

    assert len(in_use) == 45
    assert all(versions for versions in in_use.values())


def test_the_world_of_real_versions_has_every_source(shared):
    with World.of_versions(shared / "versions.json", "2025-10-29T16:15:33Z") as real:
        listed = tags(real, "https://auth.docker.io/token", "registry-1.docker.io", "mojaloop/quoting-service")

        assert "v17.13.6" in listed
        assert "v17.13.7" not in listed
        assert set(real.helm) >= {"https://mojaloop.github.io/helm/repo", "https://pm4ml.github.io/helm"}


def run(*words):
    command = [sys.executable, "-m", "sandbox", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)


def test_serve_runs_a_command_in_the_world_and_passes_its_exit_code_on():
    asks = "import requests, sys; sys.exit(requests.get('https://acme.github.io/charts/index.yaml').status_code - 193)"

    done = run("serve", "--", "python", "-c", asks)

    assert (done.returncode, done.stderr) == (
        7,
        "sandbox: 1 requests, 1 connections, 0 pulls counted by Docker Hub\n",
    )


def test_serve_says_which_command_it_cannot_start():
    done = run("serve", "--", "no-such-command")

    assert done.returncode == 127
    assert "no-such-command cannot be started" in done.stderr


def test_serve_without_a_command_shows_addresses_and_exports_until_it_is_interrupted():
    command = [sys.executable, "-m", "sandbox", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        shown = list(iter(process.stdout.readline, "# Serving until Ctrl-C.\n"))
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()

    assert process.returncode == 130
    assert any(line.startswith("export HTTPS_PROXY=http://127.0.0.1:") for line in shown)
    assert any(line.endswith("  ghcr.io\n") for line in shown)
    assert rest.startswith("sandbox: 0 requests")


def test_an_unknown_act_lists_those_there_are():
    done = run("dance")

    assert done.returncode == 2
    assert "serve" in done.stderr
