"""GitLab answers triggers as it does, and an independent client agrees."""

import gitlab
import pytest
import requests

from sandbox.gitlab import TROUBLES, GitLab, GitLabProject
from sandbox.net import Street

TOKEN = "glptt-1"


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def project():
    return GitLabProject(TOKEN, id=7, path="acme/env")


@pytest.fixture
def site(project):
    return GitLab({7: project, "acme/other": GitLabProject("glptt-2")}, read_tokens={"glpat-1"})


@pytest.fixture
def url(street, site):
    return street.listen(site) + "/api/v4/projects/7/trigger/pipeline"


def post(url, **body):
    return requests.post(url, timeout=5, **body)


FORM = {"token": TOKEN, "ref": "main", "variables[A]": "1", "variables[B]": "x=y&z"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"data": FORM}, id="urlencoded"),
        pytest.param({"files": {name: (None, value) for name, value in FORM.items()}}, id="multipart"),
        pytest.param({"json": {"token": TOKEN, "ref": "main", "variables": {"A": "1", "B": "x=y&z"}}}, id="json"),
        pytest.param({"params": FORM}, id="query"),
    ],
)
def test_a_trigger_is_understood_in_every_encoding(url, site, body):
    answer = post(url, **body)

    assert answer.status_code == 201
    assert answer.json()["web_url"].endswith("/acme/env/-/pipelines/1001")
    assert (site.pipelines[0].ref, site.pipelines[0].variables) == ("main", {"A": "1", "B": "x=y&z"})


def test_an_independent_client_triggers_and_follows(street, site):
    with gitlab.Gitlab(street.listen(site), private_token="glpat-1") as client:
        for name in (7, "acme/other"):
            project = client.projects.get(name, lazy=True)
            token = TOKEN if name == 7 else "glptt-2"
            pipeline = project.trigger_pipeline("main", token, variables={"CD_MESSAGE": "a b"})
            statuses = [project.pipelines.get(pipeline.id).status for _ in range(4)]

    assert [each.variables for each in site.pipelines] == [{"CD_MESSAGE": "a b"}] * 2
    assert statuses == ["pending", "running", "success", "success"]


def test_an_independent_client_reads_the_refusal(street, site):
    with gitlab.Gitlab(street.listen(site)) as client, pytest.raises(gitlab.GitlabCreateError) as refusal:
        client.projects.get(7, lazy=True).trigger_pipeline("nowhere", TOKEN)

    assert (refusal.value.response_code, "Reference not found" in str(refusal.value)) == (400, True)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        pytest.param({}, 400, {"error": "ref is missing, token is missing"}, id="nothing"),
        pytest.param({"ref": "main"}, 400, {"error": "token is missing"}, id="no token"),
        pytest.param({"token": TOKEN, "ref": ""}, 400, {"error": "ref is empty"}, id="empty ref"),
        pytest.param({"token": "x", "ref": "main"}, 404, {"message": "404 Not Found"}, id="wrong token"),
        pytest.param({"token": "glptt-2", "ref": "main"}, 404, {"message": "404 Not Found"}, id="another's token"),
        pytest.param(
            {"token": TOKEN, "ref": "x"}, 400, {"message": {"base": ["Reference not found"]}}, id="unknown ref"
        ),
        pytest.param(
            {"token": TOKEN, "ref": "main", "variables": [1]}, 400, {"error": "variables is invalid"}, id="no map"
        ),
        pytest.param(
            {"token": TOKEN, "ref": "main", "variables": {"A": 1}},
            400,
            {"message": "variables needs to be a map of key-valued strings"},
            id="no text",
        ),
    ],
)
def test_a_bad_request_is_refused_in_gitlabs_words(url, site, body, status, said):
    answer = post(url, json=body)

    assert (answer.status_code, answer.json()) == (status, said)
    assert site.pipelines == []


def test_an_unknown_project_and_a_get_are_not_found(url):
    assert post(url.replace("/7/", "/8/"), data=FORM).status_code == 404
    assert requests.get(url, timeout=5).status_code == 404


def test_the_ref_may_stand_in_the_address(url, site):
    answer = post(url.replace("/trigger", "/ref/main/trigger"), data={"token": TOKEN})

    assert (answer.status_code, site.pipelines[0].ref) == (201, "main")


def test_a_webhook_may_not_trigger(url):
    answer = requests.post(url, data=FORM, headers={"X-Gitlab-Event": "Pipeline Hook"}, timeout=5)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("needed", "role", "status"),
    [("developer", "maintainer", 201), ("owner", "maintainer", 400), ("no_one_allowed", "owner", 400)],
)
def test_variables_need_the_role_that_the_project_asks_for(url, project, needed, role, status):
    project.variables_role, project.role = needed, role

    answer = post(url, data=FORM)

    assert answer.status_code == status
    assert (status == 201) == ("Insufficient permissions to set pipeline variables" not in answer.text)


def test_without_variables_the_role_matters_only_where_the_payload_counts(url, project):
    project.variables_role = "no_one_allowed"
    plain = post(url, data={"token": TOKEN, "ref": "main"}).status_code
    project.payload_counts = True

    assert (plain, post(url, data={"token": TOKEN, "ref": "main"}).status_code) == (201, 400)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_has_its_status_and_starts_nothing(url, project, site, trouble):
    project.trouble = trouble

    assert post(url, data=FORM).status_code == TROUBLES[trouble][0]
    assert site.pipelines == []


def test_troubles_pass_one_by_one_and_say_how_long_to_wait(url, project):
    project.troubles, project.retry_after = ["too many", "down"], 3

    answers = [post(url, data=FORM) for _ in range(3)]

    assert [each.status_code for each in answers] == [429, 502, 201]
    assert answers[0].headers["Retry-After"] == "3"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 404), ({"PRIVATE-TOKEN": TOKEN}, 401), ({"Authorization": "Bearer glpat-1"}, 200)],
)
def test_only_a_read_token_sees_a_private_pipeline(url, headers, status):
    number = post(url, data=FORM).json()["id"]

    look = requests.get(url.replace("trigger/pipeline", f"pipelines/{number}"), headers=headers, timeout=5)

    assert look.status_code == status
