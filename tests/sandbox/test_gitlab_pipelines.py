"""What became of a pipeline, for those who may read: one, its variables, lists; and what was lost on the way."""

import gitlab
import pytest
import requests

from sandbox.gitlab import GitLab, GitLabProject, ReadToken
from sandbox.net import Street

TOKEN = "glptt-1"
READER = "glpat-1"


@pytest.fixture
def project():
    return GitLabProject(TOKEN, id=7, path="acme/env", refs={"main", "stable"})


@pytest.fixture
def site(project):
    return GitLab({7: project}, read_tokens={READER})


@pytest.fixture
def address(site):
    with Street() as street:
        yield street.listen(site)


@pytest.fixture
def client(address):
    with gitlab.Gitlab(address, private_token=READER, retry_transient_errors=False) as client:
        yield client.projects.get("acme/env", lazy=True)


def trigger(address, ref="main", **variables):
    data = {"token": TOKEN, "ref": ref, **{f"variables[{name}]": value for name, value in variables.items()}}
    return requests.post(f"{address}/api/v4/projects/7/trigger/pipeline", data=data, timeout=5)


def test_pipelines_are_listed_newest_first_by_ref_and_change(client, address, site):
    for ref in ("main", "stable", "main"):
        trigger(address, ref)
    second = site.pipelines[1].updated_at.isoformat()

    assert [each.id for each in client.pipelines.list(iterator=True)] == [1003, 1002, 1001]
    assert [each.id for each in client.pipelines.list(ref="main", per_page=1, get_all=True)] == [1003, 1001]
    assert [each.id for each in client.pipelines.list(updated_after=second, get_all=True)] == [1003, 1002]
    assert client.pipelines.list(source="push", get_all=True) == []


def test_a_look_brings_a_pipeline_forward_and_a_list_does_not(client, address):
    trigger(address)

    listed = [client.pipelines.list(get_all=True)[0].status for _ in range(3)]
    looked = [client.pipelines.get(1001).status for _ in range(2)]

    assert (listed, looked) == (["created"] * 3, ["pending", "running"])


def test_each_pipeline_has_a_script_of_its_own(client, address, project):
    project.scripts = [("created", "failed"), ("created", "running", "manual")]
    trigger(address)
    trigger(address)
    trigger(address)

    ends = {number: [client.pipelines.get(number).status for _ in range(3)][-1] for number in (1001, 1002, 1003)}

    assert ends == {1001: "failed", 1002: "manual", 1003: "success"}


def test_the_variables_of_a_pipeline_say_which_it_is(client, address):
    trigger(address, CD_COMMIT_URL="https://github.com/acme/profile/commit/1")

    (variable,) = client.pipelines.get(1001, lazy=True).variables.list(get_all=True)

    assert (variable.key, variable.value) == ("CD_COMMIT_URL", "https://github.com/acme/profile/commit/1")


@pytest.mark.parametrize("trouble", ["answer lost", "timed out though created"])
def test_an_answer_may_be_lost_though_the_pipeline_was_created(client, address, project, trouble):
    project.troubles = [trouble]

    try:
        status = trigger(address).status_code
    except requests.ConnectionError:
        status = 0

    assert status in (0, 504)
    assert [each.id for each in client.pipelines.list(get_all=True)] == [1001]


def test_more_pipelines_than_the_limit_are_refused_for_a_while(address, project, site):
    project.most = 2

    answers = [trigger(address) for _ in range(3)]

    assert [each.status_code for each in answers] == [201, 201, 400]
    assert answers[2].json() == {
        "message": {"base": ["Too many pipelines created in the last minute. Try again later."]}
    }
    project.window = 0.0
    assert trigger(address).status_code == 201
    assert len(site.pipelines) == 3


def test_a_project_may_be_added_later(address, site):
    site.add("acme/new", GitLabProject("glptt-9"))
    url = f"{address}/api/v4/projects/acme%2Fnew/trigger/pipeline"

    answer = requests.post(url, data={"token": "glptt-9", "ref": "main"}, timeout=5)

    assert (answer.status_code, answer.json()["project_id"]) == (201, 2)


def test_inputs_must_be_defined(address, project, site):
    project.inputs = {"target"}
    body = {"token": TOKEN, "ref": "main", "inputs": {"target": "dev"}}
    url = f"{address}/api/v4/projects/7/trigger/pipeline"

    good = requests.post(url, json=body, timeout=5)
    unknown = requests.post(url, json={**body, "inputs": {"tagret": "dev"}}, timeout=5)
    malformed = requests.post(url, json={**body, "inputs": ["dev"]}, timeout=5)

    assert (good.status_code, site.pipelines[0].inputs) == (201, {"target": "dev"})
    assert "Given inputs not defined" in unknown.json()["message"]["base"][0]
    assert malformed.json() == {"error": "inputs is invalid"}


READERS = {
    "may read": (ReadToken(), 200, ""),
    "may do all": (ReadToken(scopes=["api"]), 200, ""),
    "of this project": (ReadToken(paths=["acme/env"]), 200, ""),
    "of another project": (ReadToken(paths=["acme/other"]), 404, "404 Project Not Found"),
    "expired": (ReadToken(expired=True), 401, "invalid_token"),
    "reads the registry only": (ReadToken(scopes=["read_registry"]), 403, "insufficient_scope"),
}


@pytest.mark.parametrize(("token", "status", "words"), READERS.values(), ids=READERS)
def test_a_token_reads_what_it_was_made_for(address, site, token, status, words):
    site.read_tokens = {READER: token}
    trigger(address)

    url = f"{address}/api/v4/projects/7/pipelines/1001"
    answer = requests.get(url, headers={"PRIVATE-TOKEN": READER}, timeout=5)

    assert (answer.status_code, words in answer.text) == (status, True)


def test_an_independent_client_is_told_that_its_token_is_no_good(client, address, site):
    site.read_tokens = {READER: ReadToken(expired=True)}

    with pytest.raises(gitlab.GitlabAuthenticationError) as refusal:
        client.pipelines.list(get_all=True)

    assert refusal.value.response_code == 401
