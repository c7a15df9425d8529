"""Branches: the button "Update branch", moves that are refused, rules of the base, an empty repository."""

import pytest

from sandbox.github import GitHub

GITHUB = "GitHub <noreply@github.com>"
UPDATE_REFS = (
    "mutation($id: ID!, $all: [RefUpdate!]!) { updateRefs(input: {repositoryId: $id, refUpdates: $all}) "
    "{ clientMutationId } }"
)


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create("acme/profile", {"values.yaml": "tag: v1\n", "other.yaml": "a: 1\n"})
    return site


@pytest.fixture
def opened(ask, repository):
    """A pull request whose base has moved on since."""
    repository.commit({"values.yaml": "tag: v2\n"}, "Take v2\n\nProfile-CD: update", branch="update")
    _, made = ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main"})
    repository.commit({"other.yaml": "a: 2\n"}, "Move on")
    return repository.pulls[made["number"]]


def shown(repository, form, ref):
    return repository.git("log", "-1", f"--format={form}", ref).strip()


def test_update_branch_merges_the_base_in_the_name_of_whoever_pressed(ask, repository, opened):
    head, base = opened.head_sha, repository.head()
    status, said = ask("PUT", "/pulls/1/update-branch", {"expected_head_sha": head})
    assert (status, said["message"]) == (202, "Updating pull request branch.")
    assert shown(repository, "%P", "update") == f"{head} {base}"
    assert shown(repository, "%s", "update") == "Merge branch 'main' into update"
    assert shown(repository, "%cn <%ce>", "update") == GITHUB
    assert shown(repository, "%an", "update") == "github-actions[bot]"
    assert opened.head_sha == repository.head("update")
    assert repository.read("update")["other.yaml"] == b"a: 2\n"


def test_a_person_presses_update_branch(repository, opened):
    sha = repository.update_branch(opened.number)
    assert shown(repository, "%an", sha) == "ada"
    assert "Profile-CD" not in shown(repository, "%B", sha)


def test_update_branch_is_refused_where_there_is_nothing_to_do(ask, repository, opened):
    assert ask("PUT", "/pulls/1/update-branch", {"expected_head_sha": "1" * 40})[0] == 422
    repository.update_branch(1)
    assert ask("PUT", "/pulls/1/update-branch")[1]["message"] == "There are no new commits on the base branch."
    repository.commit({"values.yaml": "tag: v9\n"}, "Roll on")
    assert ask("PUT", "/pulls/1/update-branch")[1]["message"] == "merge conflict between base and head"


def test_a_head_that_becomes_part_of_its_base_is_merged_by_whoever_pushed_it(site, ask, repository):
    site.token("ghs_any", kind="app")
    repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")
    ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main"})
    status, _ = ask("PATCH", "/git/refs/heads/main", {"sha": repository.head("update"), "force": False})
    pull = repository.pulls[1]
    assert (status, pull.merged, pull.merged_by.login) == (200, True, "acme-app[bot]")


def test_a_base_that_has_moved_takes_no_commit_that_does_not_contain_it(ask, repository, opened):
    status, said = ask("PATCH", "/git/refs/heads/main", {"sha": opened.head_sha, "force": False})
    assert (status, said["message"]) == (422, "Update is not a fast forward")


RULES = {
    "a pull request": ({"requires_pull_request": True}, "Changes must be made through a pull request."),
    "a review": ({"required_reviews": 1}, "Changes must be made through a pull request."),
    "a check": ({"required_checks": ["test"]}, 'Required status check "test" is expected.'),
    "the queue": ({"merge_queue": True}, "Changes must be made through the merge queue"),
    "a scan": ({"code_scanning": True}, "Code scanning is waiting for results from CodeQL for the commit"),
}


@pytest.mark.parametrize(("settings", "words"), RULES.values(), ids=RULES)
def test_the_rules_of_the_base_bind_a_push_too(ask, repository, settings, words):
    sha = repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")
    for name, value in settings.items():
        setattr(repository.settings, name, value)
    status, said = ask("PATCH", "/git/refs/heads/main", {"sha": sha, "force": False})
    assert (status, words in said["message"]) == (422, True)
    repository.settings.rulesets = True
    assert "Repository rule violations found" in ask("PATCH", "/git/refs/heads/main", {"sha": sha})[1]["message"]


def test_an_approved_pull_request_with_green_checks_may_be_pushed(ask, repository):
    sha = repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")
    repository.settings.required_reviews, repository.settings.required_checks = 1, ["test"]
    ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main"})
    repository.complete_checks()
    repository.approve()
    assert ask("PATCH", "/git/refs/heads/main", {"sha": sha, "force": False})[0] == 200


def test_refs_move_together_or_not_at_all(graphql, repository):
    old, new = repository.head(), repository.commit({"a": "b"}, branch="update")
    node = graphql('{ repository(owner: "acme", name: "profile") { id } }')[0]["repository"]["id"]
    moves = [
        {"name": "refs/heads/update", "beforeOid": new, "afterOid": old, "force": True},
        {"name": "refs/heads/main", "beforeOid": new, "afterOid": new},
    ]
    _, errors = graphql(UPDATE_REFS, id=node, all=moves)
    assert errors == [f"UNPROCESSABLE: refs/heads/main is at {old} but expected {new}"]
    assert repository.head("update") == new
    _, errors = graphql(UPDATE_REFS, id=node, all=moves[:1])
    assert (errors, repository.head("update")) == ([], old)


def test_zeros_stand_for_a_branch_that_must_not_be_there_and_for_one_that_goes(graphql, repository):
    zeros, main = "0" * 40, repository.head()
    node = graphql('{ repository(owner: "acme", name: "profile") { id } }')[0]["repository"]["id"]
    made = {"name": "refs/heads/new", "beforeOid": zeros, "afterOid": main}
    assert graphql(UPDATE_REFS, id=node, all=[made])[1] == []
    assert "expected 000" in graphql(UPDATE_REFS, id=node, all=[made])[1][0]
    assert graphql(UPDATE_REFS, id=node, all=[{**made, "beforeOid": main, "afterOid": zeros}])[1] == []
    assert repository.head("new") is None


def test_one_ref_is_made_and_moved_by_its_node(graphql, repository):
    old, new = repository.head(), repository.commit({"a": "b"})
    node = graphql('{ repository(owner: "acme", name: "profile") { id } }')[0]["repository"]["id"]
    create = (
        "mutation($id: ID!, $oid: GitObjectID!) { createRef(input: {repositoryId: $id, name: "
        '"refs/heads/x", oid: $oid}) { ref { id target { oid } } } }'
    )
    data, _ = graphql(create, id=node, oid=new)
    ref = data["createRef"]["ref"]
    assert graphql(create, id=node, oid=new)[1] == [
        'UNPROCESSABLE: A ref named "refs/heads/x" already exists in the repository.'
    ]
    update = (
        "mutation($id: ID!, $oid: GitObjectID!, $force: Boolean) "
        "{ updateRef(input: {refId: $id, oid: $oid, force: $force}) { ref { name } } }"
    )
    assert graphql(update, id=ref["id"], oid=old, force=False)[1] == ["UNPROCESSABLE: Update is not a fast forward"]
    assert graphql(update, id=ref["id"], oid=old, force=True)[1] == []
    assert repository.head("x") == old


def test_a_tree_that_is_too_large_says_so(ask, repository):
    repository.settings.most_tree_entries = 1
    _, whole = ask("GET", f"/git/trees/{repository.head()}?recursive=1")
    assert (whole["truncated"], len(whole["tree"])) == (True, 1)


def test_an_empty_repository_has_no_git_to_ask(site, ask, graphql, tmp_path):
    site.root = tmp_path / "empty"
    site.create("acme/profile")
    status, said = ask("GET", "/git/ref/heads/main")
    assert (status, said["message"]) == (409, "Git Repository is empty.")
    assert ask("POST", "/git/trees", {"tree": [{"path": "a", "content": "b"}]})[0] == 409
    data, errors = graphql('{ repository(owner: "acme", name: "profile") { isEmpty defaultBranchRef { name } } }')
    assert (data["repository"], errors) == ({"isEmpty": True, "defaultBranchRef": None}, [])
