"""What the sandbox's GitHub says is what GitHub describes: every operation, checked by its OpenAPI and its SDL."""

import json

import github as pygithub
import pytest
import requests

from sandbox.github import GitHub, conformance
from sandbox.github.rest import routes
from sandbox.net import Exchange, Response, Street

NAME = "acme/profile"
SLASHED = "profile-cd/dev"


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.token("ghs_x", kind="actions")
    site.token("ghp_x", kind="personal", login="ada")
    workflow = {".github/workflows/update.yaml": "on: {workflow_dispatch: {inputs: {tag: {}}}}\n"}
    site.create(NAME, {"values.yaml": "tag: v1\n", "deep/er.yaml": "a: 1\n", **workflow})
    return site


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def ask(street, site):
    address = street.listen(site)
    with requests.Session() as session:

        def ask(method, path, value=None, **query):
            token = "ghp_x" if path == "/user" else "ghs_x"
            said = session.request(
                method, f"{address}{path}", json=value, params=query, headers={"Authorization": f"Bearer {token}"}
            )
            return said.json() if said.content else None

        yield ask


def everything(ask, repo):
    """Ask each operation of the table at least once."""
    root = f"/repos/{NAME}"
    head = ask("GET", f"{root}/git/ref/heads/main")["object"]["sha"]
    tree = ask("GET", f"{root}/git/commits/{head}")["tree"]["sha"]
    listed = ask("GET", f"{root}/git/trees/{tree}", recursive="1")
    ask("GET", f"{root}/git/blobs/{listed['tree'][-1]['sha']}")
    item = {"path": "values.yaml", "mode": "100644", "type": "blob", "content": "tag: v2\n"}
    made = ask("POST", f"{root}/git/trees", {"base_tree": tree, "tree": [item]})["sha"]
    commit = ask("POST", f"{root}/git/commits", {"message": "Two", "tree": made, "parents": [head]})["sha"]
    ask("POST", f"{root}/git/refs", {"ref": f"refs/heads/{SLASHED}", "sha": commit})
    ask("POST", f"{root}/git/refs", {"ref": f"refs/heads/{SLASHED}", "sha": commit})
    ask("PATCH", f"{root}/git/refs/heads/{SLASHED}", {"sha": commit, "force": True})
    repo.settings.required_checks, repo.settings.required_reviews = ["ci"], 1
    pull = ask("POST", f"{root}/pulls", {"title": "Two", "head": SLASHED, "base": "main", "body": "b"})["number"]
    ask("POST", f"{root}/pulls", {"title": "Two", "head": SLASHED, "base": "main"})
    ask("POST", f"{root}/pulls", {"title": "Two", "head": "none", "base": "main"})
    ask("POST", f"{root}/issues/{pull}/labels", {"labels": ["cd", "image"]})
    ask("POST", f"{root}/issues/{pull}/assignees", {"assignees": ["ada"]})
    said = ask("POST", f"{root}/issues/{pull}/comments", {"body": "hello"})["id"]
    ask("PATCH", f"{root}/issues/comments/{said}", {"body": "hello again"})
    ask("GET", f"{root}/issues/{pull}/comments")
    ask("POST", f"{root}/pulls/{pull}/requested_reviewers", {"reviewers": ["ada"], "team_reviewers": ["ops"]})
    ask("PATCH", f"{root}/pulls/{pull}", {"title": "Three"})
    ask("GET", f"{root}/pulls", head=f"acme:{SLASHED}", state="all")
    for below in ("", "/files"):
        ask("GET", f"{root}/pulls/{pull}{below}")
    ask("PUT", f"{root}/pulls/{pull}/merge", {"sha": head})
    ask("PUT", f"{root}/pulls/{pull}/merge", {"sha": commit})
    repo.complete_checks()
    repo.approve()
    ask("PUT", f"{root}/pulls/{pull}/merge", {"sha": commit, "merge_method": "squash", "commit_title": "Three"})
    ask("GET", f"{root}/pulls/{pull}")
    ask("DELETE", f"{root}/git/refs/heads/{SLASHED}")
    in_background(ask, repo, root)
    rest(ask, repo, root)


def in_background(ask, repo, root):
    """A merge in the background, of a branch that its base was merged into."""
    repo.commit({"deep/er.yaml": "a: 2\n"}, branch="next")
    repo.commit({"README.md": "Read me.\n"})
    pull = ask("POST", f"{root}/pulls", {"title": "Next", "head": "next", "base": "main"})["number"]
    ask("PUT", f"{root}/pulls/{pull}/update-branch", {})
    repo.complete_checks()
    repo.approve()
    asked = ask("PUT", f"{root}/pulls/{pull}/merge-async", {"merge_method": "squash"})
    ask("GET", f"{root}/pulls/{pull}/merge-async/{asked['details']['uuid']}")


def rest(ask, repo, root):
    """Ask what reads only, and the dispatches."""
    repo.release("v1.0.0")
    repo.release("v1.1.0-rc.1", prerelease=True)
    for path in (
        "", "/releases", "/releases/latest", "/releases/tags/v1.0.0", "/tags", "/branches/main", "/rules/branches/main",
    ):  # fmt: skip
        ask("GET", f"{root}{path}")
    made = ask("POST", f"{root}/deployments", {"ref": "main", "environment": "dev", "required_contexts": []})["id"]
    ask("POST", f"{root}/deployments/{made}/statuses", {"state": "success", "description": "Done."})
    for below in ("", f"/{made}", f"/{made}/statuses"):
        ask("GET", f"{root}/deployments{below}")
    ask("GET", "/rate_limit")
    ask("GET", "/user")
    ask("POST", f"{root}/dispatches", {"event_type": "update", "client_payload": {"tag": "v2"}})
    workflow = f"{root}/actions/workflows/update.yaml"
    for more in ({}, {"return_run_details": True}):
        ask("POST", f"{workflow}/dispatches", {"ref": "main", "inputs": {"tag": "v2"}, **more})
    ask("GET", f"{workflow}/runs", event="workflow_dispatch", per_page="5")
    repo.secrets, repo.environments = ["DEV_TOKEN"], {"dev": ["TRIGGER_TOKEN"]}
    for path in ("actions/permissions", "actions/permissions/workflow", "actions/secrets", "environments"):
        ask("GET", f"{root}/{path}")
    ask("GET", f"{root}/environments/dev/secrets")
    protected(ask, repo, root)


def protected(ask, repo, root):
    """Ask what a check asks: protection, rulesets, and the names of what is shared or an environment's."""
    repo.variables, repo.shared_variables = {"PROJECTS": "[]"}, {"REGION": "eu"}
    repo.shared_secrets, repo.environment_variables = ["ORG_TOKEN"], {"dev": {"PROJECTS": "[]"}}
    for below in ("variables/PROJECTS", "variables/NONE", "organization-variables", "organization-secrets"):
        ask("GET", f"{root}/actions/{below}")
    for below in ("dev", "none", "dev/variables/PROJECTS", "dev/variables/NONE"):
        ask("GET", f"{root}/environments/{below}")
    repo.settings.pushers = repo.settings.exempt = ["ada", "acme-cd[bot]"]
    ask("GET", f"{root}/branches/main/protection")
    repo.settings.rulesets, repo.settings.merge_queue = True, True
    for below in ("branches/main/protection", "rules/branches/main", "rulesets/1", "rulesets/2"):
        ask("GET", f"{root}/{below}")


def test_every_operation_answers_as_github_describes_it(street, site, ask):
    everything(ask, site.repository(NAME))

    found = conformance.faults(street.exchanges)
    assert found == []
    assert max(exchange.response.status for exchange in street.exchanges) < 500


def test_every_operation_of_the_table_is_asked(street, site, ask):
    everything(ask, site.repository(NAME))

    asked = {
        key
        for key in routes.TABLE
        for exchange in street.exchanges
        if key.partition(" ")[0] == exchange.request.method and exchange.response.status < 300
        if routes.pattern(key.partition(" ")[2]).fullmatch(exchange.request.path)
    }
    assert set(routes.TABLE) - asked == set()


def spoiled(street, method, change):
    """The first exchange with *method*, its answer changed."""
    exchange = next(each for each in street.exchanges if each.request.method == method)
    value = json.loads(exchange.response.body)
    change(value)
    return Exchange(exchange.request, Response.of_json(value, exchange.response.status), 0.0, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda value: value.pop("object"), "object"),
        (lambda value: value["object"].update(sha=7), "7 is not of type 'string'"),
    ],
    ids=["without a field", "with a number for a text"],
)
def test_an_answer_that_github_would_not_give_is_found(street, ask, change, words):
    ask("GET", f"/repos/{NAME}/git/ref/heads/main")

    found = conformance.faults([spoiled(street, "GET", change)])

    assert len(found) == 1
    assert words in found[0]


def test_a_wrong_question_is_found(street, ask):
    ask("POST", "/graphql", {"query": "{ viewer { logn } }"})
    ask("POST", f"/repos/{NAME}/git/trees", {"tree": [{"path": "a", "mode": "100600", "content": "x"}]})

    found = conformance.faults(street.exchanges)

    assert "Cannot query field 'logn' on type 'User'." in found[0]
    assert "100600" in found[1]


def test_what_was_fine_once_hides_nothing_wrong_of_nearly_the_same_form(street, ask):
    for mode in ("100644", "100645"):
        ask("POST", f"/repos/{NAME}/git/trees", {"tree": [{"path": "a", "mode": mode, "content": "x"}]})
    ask("GET", f"/repos/{NAME}")
    odd = spoiled(street, "GET", lambda value: value.update(created_at="7 days ago"))

    assert conformance.check(street.exchanges[0]) == []
    assert "100645" in conformance.check(street.exchanges[1])[0]
    assert conformance.check(street.exchanges[2]) == []
    assert "created_at" in conformance.check(odd)[0]


def test_pygithub_understands_the_answers(street, site):
    client = pygithub.Github(auth=pygithub.Auth.Token("ghs_x"), base_url=street.listen(site), retry=None)

    repo = client.get_repo(NAME)

    assert repo.default_branch == "main"
    assert repo.get_branch("main").commit.commit.message == "Initial commit"
    found = conformance.faults(street.exchanges)
    assert found == []


def test_an_operation_that_is_not_in_the_table_is_found(street, ask):
    ask("GET", f"/repos/{NAME}/nonsense")

    assert conformance.check(street.exchanges[0]) == [
        f"GET /repos/{NAME}/nonsense is no operation that the sandbox knows"
    ]


def test_an_exchange_that_was_cut_says_nothing_wrong(street, ask):
    ask("GET", f"/repos/{NAME}")
    cut = Exchange(street.exchanges[0].request, Response(0), 0.0, 1)

    assert conformance.check(cut) == []
