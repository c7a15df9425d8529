"""What GitHub says at its door: who may do what, limits, names that changed, lists in pages."""

from datetime import UTC, datetime

import github as pygithub
import pytest
import requests

from sandbox.github import GitHub

REPOSITORY = "acme/profile"


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create(REPOSITORY, {"README.md": "hello\n", "deep/er/values.yaml": "tag: v1.0.0\n"})
    site.create("acme/secret", {"README.md": "hush\n"}, private=True)
    return site


def client(street, token="ghs_any"):
    return pygithub.Github(
        auth=pygithub.Auth.Token(token),
        base_url=street.address,
        retry=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
        lazy=True,
    )


def ask(street, path, token="ghs_any", method="GET", **more):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.request(method, f"{street.address}{path}", headers=headers, timeout=10, **more)


def test_the_repository_says_what_is_allowed(site, street):
    site.repository(REPOSITORY).settings.allow_auto_merge = True
    found = client(street).get_repo(REPOSITORY)
    assert (found.default_branch, found.allow_auto_merge, found.private) == ("main", True, False)
    assert found.clone_url == f"{street.address}/acme/profile.git"


def test_every_answer_has_a_number_and_the_limits(street):
    answer = ask(street, f"/repos/{REPOSITORY}")
    assert answer.headers["X-GitHub-Request-Id"]
    assert answer.headers["X-RateLimit-Remaining"] == "999"


DOOR = {
    "unknown token": ("ghs_no", f"GET /repos/{REPOSITORY}", (401, "Bad credentials")),
    "expired token": ("ghs_old", f"GET /repos/{REPOSITORY}", (401, "Bad credentials")),
    "stranger reads": ("", f"GET /repos/{REPOSITORY}", (200, "")),
    "stranger writes": ("", f"POST /repos/{REPOSITORY}/git/trees", (401, "Requires authentication")),
    "stranger and GraphQL": ("", "POST /graphql", (401, "This endpoint requires you to be authenticated.")),
    "private": ("ghs_read", "GET /repos/acme/secret", (404, "Not Found")),
    "nowhere": ("ghs_read", "GET /repos/acme/nothing", (404, "Not Found")),
    "no such path": ("ghs_read", f"GET /repos/{REPOSITORY}/nonsense", (404, "Not Found")),
    "may only read": ("ghs_read", f"POST /repos/{REPOSITORY}/git/trees", (403, "not accessible by integration")),
    "of another repository": (
        "ghs_other",
        f"POST /repos/{REPOSITORY}/dispatches",
        (403, "not accessible by integration"),
    ),
    "of a person": ("ghp_read", f"POST /repos/{REPOSITORY}/git/refs", (403, "by personal access token")),
    "a person and private": ("ghp_all", "GET /repos/acme/secret", (200, "")),
}


@pytest.mark.parametrize(("token", "asked", "expected"), DOOR.values(), ids=DOOR)
def test_tokens_do_what_they_are_for(site, street, token, asked, expected):
    site.token("ghs_old", expired=True)
    site.token("ghs_read", permissions={"contents": "read"}, repositories=[REPOSITORY])
    site.token("ghs_other", repositories=["acme/other"])
    site.token("ghp_read", kind="personal", permissions={"contents": "read"})
    site.token("ghp_all", kind="personal", login="ada")
    method, _, path = asked.partition(" ")
    answer = ask(
        street, path, token, method, json={"tree": [{"path": "a", "content": "x"}], "query": "{ viewer { login } }"}
    )
    assert answer.status_code == expected[0]
    assert expected[1] in answer.json().get("message", "")


def test_a_renamed_repository_redirects(site, street):
    site.rename(REPOSITORY, "acme/renamed")
    assert (
        client(street).get_repo(REPOSITORY).get_git_ref("heads/main").object.sha
        == site.repository("acme/renamed").head()
    )
    answer = ask(street, f"/repos/{REPOSITORY}/git/refs", method="POST", allow_redirects=False, json={})
    assert (answer.status_code, answer.json()["message"]) == (307, "Temporary Redirect")
    assert answer.headers["Location"] == f"{street.address}/repositories/1000/git/refs"


def test_the_primary_limit_says_when_it_ends(site, street):
    site.limits.remaining = 1
    assert ask(street, f"/repos/{REPOSITORY}").ok
    answer = ask(street, f"/repos/{REPOSITORY}")
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("API rate limit exceeded")
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert int(answer.headers["X-RateLimit-Reset"]) > datetime.now(UTC).timestamp()
    assert ask(street, "/rate_limit").json()["rate"]["remaining"] == 0


def test_the_secondary_limit_says_how_long_to_wait(site, street):
    site.limits.secondary, site.limits.status = 1, 429
    answer = ask(street, f"/repos/{REPOSITORY}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert ask(street, f"/repos/{REPOSITORY}").ok


def test_graphql_reports_a_limit_with_status_200(site, street):
    site.limits.remaining = 0
    answer = ask(street, "/graphql", method="POST", json={"query": "{ viewer { login } }"})
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["type"] == "RATE_LIMITED"


def test_lists_come_in_pages_with_links(site, street):
    repository = site.repository(REPOSITORY)
    for number in range(25):
        repository.release(f"v1.0.{number}", at=f"2026-01-{number + 1:02}T00:00:00Z")
    first = ask(street, f"/repos/{REPOSITORY}/releases?per_page=10")
    assert [each["tag_name"] for each in first.json()][:2] == ["v1.0.24", "v1.0.23"]
    assert first.links["next"]["url"] == f"{street.address}/repos/{REPOSITORY}/releases?per_page=10&page=2"
    assert "next" not in ask(street, f"/repos/{REPOSITORY}/releases?per_page=10&page=3").links
    assert len(list(client(street).get_repo(REPOSITORY).get_releases())) == 25
    assert len(list(client(street).get_repo(REPOSITORY).get_tags())) == 25


def test_drafts_are_for_those_who_may_write(site, street):
    repository = site.repository(REPOSITORY)
    repository.release("v1.0.0")
    repository.release("v2.0.0-rc.1", prerelease=True)
    repository.release("v3.0.0", draft=True)
    assert len(ask(street, f"/repos/{REPOSITORY}/releases").json()) == 3
    assert len(ask(street, f"/repos/{REPOSITORY}/releases", token="").json()) == 2
    assert ask(street, f"/repos/{REPOSITORY}/releases/latest").json()["tag_name"] == "v1.0.0"


def test_a_dispatch_is_written_down(site, street):
    workflow = "on: {workflow_dispatch: {inputs: {image: {}}}}\n"
    site.repository(REPOSITORY).commit({".github/workflows/update.yaml": workflow})
    assert client(street).get_repo(REPOSITORY).create_repository_dispatch("image", {"tag": "v1"})
    answer = ask(
        street,
        f"/repos/{REPOSITORY}/actions/workflows/update.yaml/dispatches",
        method="POST",
        json={"ref": "main", "inputs": {"image": "acme/ledger"}},
    )
    assert answer.status_code == 204
    assert [(each.what, dict(each.payload), each.ref) for each in site.dispatches] == [
        ("image", {"tag": "v1"}, ""),
        ("update.yaml", {"image": "acme/ledger"}, "main"),
    ]


def test_a_dispatch_that_is_too_large_is_refused(street):
    value = {"event_type": "x", "client_payload": {str(number): 1 for number in range(11)}}
    answer = ask(street, f"/repos/{REPOSITORY}/dispatches", method="POST", json=value)
    assert (answer.status_code, "No more than 10 properties" in answer.json()["message"]) == (422, True)


def test_writes_are_counted_and_refusals_are_not(site, street):
    ask(street, f"/repos/{REPOSITORY}")
    ask(street, f"/repos/{REPOSITORY}/git/trees", method="POST", json={"tree": [{"path": "a", "content": "x"}]})
    ask(street, f"/repos/{REPOSITORY}/git/refs", method="POST", json={"ref": "no"})
    assert [(each.method, each.path) for each in site.writes] == [("POST", f"/repos/{REPOSITORY}/git/trees")]


def test_a_branch_shows_its_newest_commit(site, street):
    second = site.repository(REPOSITORY).commit(
        {"README.md": "hello you\n"}, "Greet", author="Bea <1+bea@users.noreply.github.com>"
    )
    branch = client(street).get_repo(REPOSITORY).get_branch("main")
    assert (branch.commit.sha, branch.commit.author.login, branch.protected) == (second, "bea", False)


def test_the_rules_of_a_branch_are_shown(site, street):
    repository = site.repository(REPOSITORY)
    repository.settings.required_checks, repository.settings.rulesets = ["test"], True
    repository.start_checks(repository.head())
    rules = ask(street, f"/repos/{REPOSITORY}/rules/branches/main").json()
    assert rules[0]["parameters"]["required_status_checks"] == [{"context": "test"}]
