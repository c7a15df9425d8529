"""Git itself, and the library that the action has in its place, talk to the sandbox's GitHub over HTTP."""

import subprocess

import pytest
import requests
from dulwich.client import HttpGitClient

from sandbox.github import GitHub
from sandbox.github.git import environment
from sandbox.net import Street

NAME = "acme/profile"


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path / "github")
    site.token("ghs_writer", kind="app", permissions={"contents": "write", "pull_requests": "write"})
    site.token("ghs_reader", kind="app", permissions={"contents": "read"})
    site.create(NAME, {"values.yaml": "tag: v1\n"}).tag("v1.0.0")
    return site


@pytest.fixture
def address(site):
    with Street() as street:
        yield street.listen(site)


@pytest.fixture
def git(tmp_path):
    own = {**environment(), "HOME": str(tmp_path), "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"}
    people = {
        f"GIT_{role}_{what}": "ada@acme.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def git(*args):
        command = ["git", "-c", "protocol.version=2", *args]
        done = subprocess.run(command, cwd=tmp_path, env=own | people, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return git


def login(address, token):
    return address.replace("http://", f"http://x-access-token:{token}@") + f"/{NAME}.git"


def test_refs_are_listed_without_a_token(git, address, site):
    code, said = git("ls-remote", f"{address}/{NAME}.git")

    head = site.repository(NAME).head()
    assert code == 0
    assert f"{head}\trefs/heads/main" in said
    assert f"{head}\trefs/tags/v1.0.0" in said


def test_dulwich_lists_the_same_refs(address, site):
    found = HttpGitClient(address).get_refs(f"/{NAME}.git".encode()).refs

    assert found[b"refs/tags/v1.0.0"].decode() == site.repository(NAME).head()


def test_a_clone_holds_the_files(git, address, tmp_path):
    code, said = git("clone", "-q", f"{address}/{NAME}", "work")

    assert code == 0, said
    assert (tmp_path / "work" / "values.yaml").read_text() == "tag: v1\n"


def changed(git, address, token, tmp_path, text="tag: v2\n"):
    """A clone with a commit that is not pushed yet."""
    git("clone", "-q", login(address, token), "work")
    (tmp_path / "work" / "values.yaml").write_text(text)
    git("-C", "work", "commit", "-q", "-a", "-m", "Change")


def test_a_push_moves_the_pull_requests_that_stand_on_the_branch(git, address, site, tmp_path):
    repository = site.repository(NAME)
    repository.commit({"other.yaml": "a: 1\n"}, branch="update")
    asked = {"title": "Two", "head": "update", "base": "main"}
    sent = {"Authorization": "Bearer ghs_writer"}
    number = requests.post(f"{address}/repos/{NAME}/pulls", json=asked, headers=sent, timeout=5).json()["number"]
    changed(git, address, "ghs_writer", tmp_path)

    code, said = git("-C", "work", "push", "-f", "origin", "HEAD:update")

    assert code == 0, said
    assert repository.read("update")["values.yaml"] == b"tag: v2\n"
    assert repository.pulls[number].head_sha == repository.head("update")


@pytest.mark.parametrize(
    ("token", "words"),
    [("ghs_reader", "403"), ("ghs_nobody", "Authentication failed")],
    ids=["may only read", "unknown"],
)
def test_a_push_is_refused_to_those_who_may_not(git, address, site, tmp_path, token, words):
    changed(git, address, "ghs_reader", tmp_path)
    git("-C", "work", "remote", "set-url", "origin", login(address, token))

    code, said = git("-C", "work", "push", "origin", "HEAD:update")

    assert code != 0
    assert words in said
    assert "values.yaml" in site.repository(NAME).read("main")
    assert "refs/heads/update" not in site.repository(NAME).git.refs("refs/heads")


def test_a_private_repository_asks_who_is_there(git, address, site):
    site.create("acme/secret", {"a": "1"}, private=True)

    assert git("ls-remote", f"{address}/acme/secret.git")[0] != 0
    assert git("ls-remote", login(address, "ghs_reader").replace("profile", "secret"))[0] == 0
