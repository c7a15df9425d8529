"""Deployments, as the record of what was triggered: made, settled, superseded, read by REST and GraphQL."""

import github as pygithub
import pytest

from sandbox.github import GitHub, conformance
from sandbox.net import Street

NAME = "acme/profile"
OURS = {"task": "profile-cd", "auto_merge": False, "required_contexts": []}
QUERY = """
query($owner: String!, $name: String!, $environments: [String!]) {
  repository(owner: $owner, name: $name) {
    deployments(environments: $environments, first: 10, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { commitOid task state environment latestStatus { state logUrl } statuses(first: 5) { nodes { state } } }
    }
  }
}
"""


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create(NAME, {"values.yaml": "tag: v1\n"})
    return site


@pytest.fixture
def street(site):
    with Street() as street:
        street.address = street.listen(site)
        yield street
        assert conformance.faults(street.exchanges) == []


@pytest.fixture
def repo(client):
    return client.get_repo(NAME)


def test_a_deployment_is_found_by_environment_commit_and_task(site, repo):
    head = site.repository(NAME).head()
    made = repo.create_deployment("main", environment="dev", payload={"files": ["values.yaml"]}, **OURS)
    repo.create_deployment("main", environment="test", **OURS)
    assert (made.sha, made.task, made.payload) == (head, "profile-cd", {"files": ["values.yaml"]})
    assert [each.id for each in repo.get_deployments(environment="dev")] == [made.id]
    assert [each.environment for each in repo.get_deployments(sha=head, task="profile-cd")] == ["test", "dev"]
    assert list(repo.get_deployments(task="deploy")) == []


def test_what_became_of_it_is_listed_last_first(repo):
    made = repo.create_deployment("main", environment="dev", **OURS)
    made.create_status("in_progress", target_url="https://gitlab.example/1")
    made.create_status("success", description="Accepted.")
    assert [each.state for each in made.get_statuses()] == ["success", "in_progress"]


@pytest.mark.parametrize(
    ("environment", "inactive", "states"),
    [
        ("dev", None, ["inactive", "success"]),
        ("dev", False, ["success", "success"]),
        ("production", None, ["success", "success"]),
    ],
    ids=["superseded", "unless told not to", "production stays"],
)
def test_a_success_makes_the_earlier_one_inactive(site, repo, environment, inactive, states):
    more = {} if inactive is None else {"auto_inactive": inactive}
    for _ in range(2):
        repo.create_deployment("main", environment=environment, **OURS).create_status("success", **more)
    assert [each.state for each in site.repository(NAME).deployments] == states


def test_a_branch_behind_main_is_merged_first_unless_told_not_to(site, repo):
    repository = site.repository(NAME)
    repository.commit({"other.yaml": "a: 1\n"}, branch="topic")
    repository.commit({"values.yaml": "tag: v2\n"})
    made = repo.create_deployment("topic", environment="dev", **OURS)
    assert made.sha == repository.head("topic")
    before = repository.head("topic")
    repo.create_deployment("topic", environment="dev")
    assert repository.head("topic") != before
    assert repository.read("topic")["values.yaml"] == b"tag: v2\n"
    assert len(repository.deployments) == 1


def test_checks_that_have_not_passed_stop_it_unless_none_is_required(site, repo):
    repository = site.repository(NAME)
    repository.checks[repository.head()] = {"ci": ""}
    with pytest.raises(pygithub.GithubException) as caught:
        repo.create_deployment("main", environment="dev")
    assert (caught.value.status, caught.value.data["message"]) == (
        409,
        "Conflict: Commit status checks failed for main.",
    )
    assert repo.create_deployment("main", environment="dev", **OURS).environment == "dev"


def test_what_cannot_be_is_refused(repo):
    with pytest.raises(pygithub.GithubException, match="No ref found for: nowhere"):
        repo.create_deployment("nowhere", **OURS)
    with pytest.raises(pygithub.GithubException, match="description is too long"):
        repo.create_deployment("main", **OURS).create_status("success", description="x" * 141)


def test_without_the_permission_it_is_refused(site, repo):
    site.token("ghs_any", permissions={"contents": "write"})
    with pytest.raises(pygithub.GithubException, match="Resource not accessible by integration"):
        repo.create_deployment("main", **OURS)


def test_graphql_shows_the_same(site, client, repo):
    for environment in ("dev", "test"):
        made = repo.create_deployment("main", environment=environment, **OURS)
        made.create_status("in_progress", target_url="https://gitlab.example/1")
    made.create_status("success")
    _, said = client.requester.graphql_query(QUERY, {"owner": "acme", "name": "profile", "environments": ["test"]})
    (node,) = said["data"]["repository"]["deployments"]["nodes"]
    assert (node["state"], node["task"], node["commitOid"]) == ("ACTIVE", "profile-cd", site.repository(NAME).head())
    assert [each["state"] for each in node["statuses"]["nodes"]] == ["SUCCESS", "IN_PROGRESS"]
