"""Commits through the API, as a client that has no git makes them."""

import base64

import github as pygithub
import pytest
import requests

from sandbox.github import GitHub

REPOSITORY = "acme/profile"
FILES = {"README.md": "hello\n", "deep/er/values.yaml": "tag: v1.0.0\n"}


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create(REPOSITORY, FILES)
    return site


def committed(repo, files, message="Update", base="main"):
    parent = repo.get_git_commit(repo.get_git_ref(f"heads/{base}").object.sha)
    elements = [pygithub.InputGitTreeElement(path, "100644", "blob", content=text) for path, text in files.items()]
    return repo.create_git_commit(message, repo.create_git_tree(elements, parent.tree), [parent])


def test_a_commit_made_through_the_api_is_there_for_git(site, repo):
    made = committed(repo, {"deep/er/values.yaml": "tag: v1.1.0\n"})
    repo.create_git_ref("refs/heads/update", made.sha)
    repository = site.repository(REPOSITORY)
    assert repository.read("update") == {"README.md": b"hello\n", "deep/er/values.yaml": b"tag: v1.1.0\n"}
    assert repository.git("log", "-1", "--format=%an <%ae>", "update").strip() == (
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
    )
    assert "dangling" not in repository.git("fsck", "--no-dangling", "--strict")


@pytest.mark.parametrize(
    ("kind", "author", "verified"),
    [("actions", False, True), ("app", False, True), ("personal", False, False), ("app", True, False)],
)
def test_only_commits_of_apps_without_an_author_are_signed(site, repo, kind, author, verified):
    site.token("ghs_any", kind=kind)
    parent = repo.get_git_commit(site.repository(REPOSITORY).head())
    more = {"author": pygithub.InputGitAuthor("Ada", "ada@acme.example")} if author else {}
    made = repo.create_git_commit("Empty", parent.tree, [parent], **more)
    assert made.verification.verified is verified


def test_a_branch_moves_forward_only_unless_forced(site, repo):
    old = site.repository(REPOSITORY).head()
    new = site.repository(REPOSITORY).commit({"a": "b"})
    ref = repo.create_git_ref("refs/heads/x", new)
    with pytest.raises(pygithub.GithubException, match="Update is not a fast forward") as caught:
        ref.edit(old)
    assert caught.value.status == 422
    ref.edit(old, force=True)
    ref.edit(new)
    assert repo.get_git_ref("heads/x").object.sha == new
    ref.delete()
    with pytest.raises(pygithub.UnknownObjectException):
        repo.get_git_ref("heads/x").object  # noqa: B018  # reading it asks GitHub


REFUSED = [
    ("ref exists", "POST", "refs", {"ref": "refs/heads/main", "sha": "HEAD"}, "Reference already exists"),
    ("no object", "POST", "refs", {"ref": "refs/heads/x", "sha": "1" * 40}, "Object does not exist"),
    ("short sha", "POST", "refs", {"ref": "refs/heads/x", "sha": "abc"}, "exactly 40 characters"),
    ("bad name", "POST", "refs", {"ref": "refs/heads/x y", "sha": "HEAD"}, "is not a valid ref name"),
    ("no prefix", "POST", "refs", {"ref": "main", "sha": "HEAD"}, "must start with 'refs/'"),
    ("ref absent", "PATCH", "refs/heads/x", {"sha": "HEAD"}, "Reference does not exist"),
    ("gone", "DELETE", "refs/heads/x", None, "Reference does not exist"),
    ("no tree", "POST", "trees", {"tree": []}, "Invalid tree info"),
    ("no base", "POST", "trees", {"base_tree": "1" * 40, "tree": [{}]}, "base_tree is not a valid tree oid"),
    ("no blob", "POST", "trees", {"tree": [{"path": "a", "sha": "1" * 40}]}, "is not a valid blob"),
    ("path out", "POST", "trees", {"tree": [{"path": "../a", "content": ""}]}, "malformed path component"),
    ("commit without tree", "POST", "commits", {"message": "", "tree": "1" * 40}, "Tree SHA does not exist"),
]


@pytest.mark.parametrize(
    ("method", "path", "value", "words"), [each[1:] for each in REFUSED], ids=[e[0] for e in REFUSED]
)
def test_what_cannot_be_is_refused_in_githubs_words(site, street, method, path, value, words):
    if value and value.get("sha") == "HEAD":
        value = {**value, "sha": site.repository(REPOSITORY).head()}
    url = f"{street.address}/repos/{REPOSITORY}/git/{path}"
    answer = requests.request(method, url, headers={"Authorization": "Bearer x"}, json=value, timeout=10)
    assert (answer.status_code, answer.json()["status"]) == (422, "422")
    assert words in answer.json()["message"]


def test_trees_and_blobs_are_read_as_they_are(site, repo):
    repository = site.repository(REPOSITORY)
    repository.commit({"binary": b"\xff\x00\r\n", "README.md": None})
    tree = repo.get_git_tree(repository.head(), recursive=True)
    assert [(each.path, each.mode, each.type) for each in tree.tree] == [
        ("binary", "100644", "blob"),
        ("deep", "040000", "tree"),
        ("deep/er", "040000", "tree"),
        ("deep/er/values.yaml", "100644", "blob"),
    ]
    blob = repo.get_git_blob(tree.tree[0].sha)
    assert (base64.b64decode(blob.content), blob.size) == (b"\xff\x00\r\n", 4)
    assert [each.path for each in repo.get_git_tree(repository.head()).tree] == ["binary", "deep"]


def test_a_tree_keeps_modes_and_drops_what_has_no_sha(site, repo):
    repository = site.repository(REPOSITORY)
    base = repo.get_git_tree(repository.head())
    elements = [
        pygithub.InputGitTreeElement("run.sh", "100755", "blob", content="#!/bin/sh\n"),
        pygithub.InputGitTreeElement("deep/er/values.yaml", "100644", "blob", sha=None),
    ]
    made = repo.create_git_tree(elements, base)
    assert [(each.path, each.mode) for each in made.tree] == [("README.md", "100644"), ("run.sh", "100755")]


def test_a_path_that_is_not_in_the_tree_cannot_be_deleted(site, repo):
    base = repo.get_git_tree(site.repository(REPOSITORY).head())
    absent = pygithub.InputGitTreeElement("absent.yaml", "100644", "blob", sha=None)
    with pytest.raises(pygithub.GithubException, match="GitRPC::BadObjectState"):
        repo.create_git_tree([absent], base)
