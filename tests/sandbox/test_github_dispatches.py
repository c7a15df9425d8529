"""What is started from outside, what Actions may do, and how fast content may be made."""

import pytest
import requests

from sandbox.github import GitHub

WORKFLOW = b"""\
on:
  push:
  workflow_dispatch:
    inputs:
      image: {description: Image}
      tag: {required: true}
"""
DISPATCHES = "/actions/workflows/docker-image.yaml/dispatches"
RUNS = "/actions/workflows/docker-image.yaml/runs"
GIVEN = {"ref": "main", "inputs": {"image": "acme/ledger:v1", "tag": "v1"}}


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    files = {".github/workflows/docker-image.yaml": WORKFLOW, ".github/workflows/other.yaml": "on: [push]\n"}
    site.create("acme/profile", files)
    return site


def test_a_dispatch_says_nothing_of_its_run_unless_it_is_asked_to(ask, site):
    assert ask("POST", DISPATCHES, GIVEN) == (204, None)
    status, said = ask("POST", DISPATCHES, {**GIVEN, "return_run_details": True})
    assert (status, said["workflow_run_id"]) == (200, site.dispatches[1].id)
    assert said["html_url"].endswith(f"/acme/profile/actions/runs/{site.dispatches[1].id}")
    today = {"X-GitHub-Api-Version": "2026-03-10"}
    assert ask("POST", DISPATCHES, GIVEN, **today)[1]["workflow_run_id"] == site.dispatches[2].id


def test_the_runs_of_a_workflow_are_listed_last_first(ask, site):
    ask("POST", DISPATCHES, GIVEN)
    ask("POST", DISPATCHES, GIVEN)
    _, listed = ask("GET", f"{RUNS}?event=workflow_dispatch&branch=main")
    assert [each["id"] for each in listed["workflow_runs"]] == [site.dispatches[1].id, site.dispatches[0].id]
    (last,) = ask("GET", f"{RUNS}?per_page=1&created=>={site.dispatches[0].at}")[1]["workflow_runs"]
    assert (last["status"], last["head_branch"], last["actor"]["login"]) == ("queued", "main", "github-actions[bot]")
    assert ask("GET", f"{RUNS}?branch=other")[1]["total_count"] == 0


REFUSED = {
    "renamed": ("/actions/workflows/gone.yaml/dispatches", GIVEN, 404, "Not Found"),
    "no such trigger": (
        "/actions/workflows/other.yaml/dispatches",
        {"ref": "main"},
        422,
        "Workflow does not have 'workflow_dispatch' trigger",
    ),
    "no such branch": (DISPATCHES, {**GIVEN, "ref": "dev"}, 422, "No ref found for: dev"),
    "unknown input": (
        DISPATCHES,
        {"ref": "main", "inputs": {"tag": "v1", "imgae": "x"}},
        422,
        'Unexpected inputs provided: ["imgae"]',
    ),
    "missing input": (DISPATCHES, {"ref": "main"}, 422, "Required input 'tag' not provided"),
}


@pytest.mark.parametrize(("path", "value", "status", "words"), REFUSED.values(), ids=REFUSED)
def test_a_dispatch_that_starts_nothing_says_why(ask, site, path, value, status, words):
    answer = ask("POST", path, value)
    assert (answer[0], answer[1]["message"]) == (status, words)
    assert site.dispatches == []


def test_a_dispatch_needs_a_permission_of_its_own_kind(site, ask):
    site.token("ghp_contents", kind="personal", permissions={"contents": "write"})
    site.token("ghp_actions", kind="personal", permissions={"actions": "write"})
    event = {"event_type": "docker-image", "client_payload": {}}
    assert ask("POST", DISPATCHES, GIVEN, "ghp_contents")[0] == 403
    assert ask("POST", DISPATCHES, GIVEN, "ghp_actions")[0] == 204
    assert ask("POST", "/dispatches", event, "ghp_actions")[0] == 403
    assert ask("POST", "/dispatches", event, "ghp_contents")[0] == 204
    assert [(each.what, each.actor) for each in site.dispatches] == [
        ("docker-image.yaml", "ada"),
        ("docker-image", "ada"),
    ]


def test_names_of_secrets_are_for_those_who_may_know_them(site, ask, repository):
    site.token("ghs_any", permissions={"contents": "write"})
    site.token("ghp_admin", kind="personal")
    repository.secrets, repository.environments = ["DEV_TOKEN"], {"dev": ["TRIGGER_TOKEN"]}
    assert ask("GET", "/actions/secrets")[0] == 403
    assert [each["name"] for each in ask("GET", "/actions/secrets", token="ghp_admin")[1]["secrets"]] == ["DEV_TOKEN"]
    (secret,) = ask("GET", "/environments/dev/secrets", token="ghp_admin")[1]["secrets"]
    assert secret["name"] == "TRIGGER_TOKEN"
    assert ask("GET", "/environments/gone/secrets", token="ghp_admin")[0] == 404


def test_a_deployment_makes_its_environment_appear(ask):
    ask("POST", "/deployments", {"ref": "main", "environment": "dev", "required_contexts": []})
    assert [each["name"] for each in ask("GET", "/environments")[1]["environments"]] == ["dev"]


def test_what_actions_may_do_is_shown(ask, repository):
    repository.settings.actions_can_create_prs = False
    assert ask("GET", "/actions/permissions")[1]["enabled"] is True
    assert ask("GET", "/actions/permissions/workflow")[1]["can_approve_pull_request_reviews"] is False


def test_a_token_says_when_it_ends(site, street):
    site.token("ghp_old", kind="personal")
    site.expires("ghp_old", "2026-12-31 23:59:59 UTC")
    answer = requests.get(f"{street.address}/user", headers={"Authorization": "Bearer ghp_old"}, timeout=10)
    assert answer.headers["GitHub-Authentication-Token-Expiration"] == "2026-12-31 23:59:59 UTC"


def test_content_is_not_made_faster_than_github_takes_it(site, ask):
    site.limits.creations, site.limits.retry_after = 2, 1
    event = {"event_type": "x", "client_payload": {}}
    assert [ask("POST", "/dispatches", event)[0] for _ in range(3)] == [204, 204, 403]
    assert ask("POST", "/git/trees", {"tree": [{"path": "a", "mode": "100644", "content": "x"}]})[0] == 201
    site.limits.window = 0.0
    assert ask("POST", "/dispatches", event)[0] == 204
