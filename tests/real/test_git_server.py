"""Tags from the real `git http-backend`, under its real name behind the machine's proxy and certificates."""

import subprocess

import pytest

from profile_cd.credentials import Credentials
from profile_cd.services.web import HttpWeb
from profile_cd.sources import GitTag, Session, gittag
from sandbox.net import Response, Street


class Backend:
    """Git's own CGI program over the repositories below *root*."""

    def __init__(self, root):
        self.root = root

    def answer(self, request):
        environment = {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": request.path,
            "QUERY_STRING": request.target.partition("?")[2],
            "REQUEST_METHOD": request.method,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        }
        done = subprocess.run(["git", "http-backend"], env=environment, capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        return Response(int(headers.pop("Status", "200").split()[0]), headers, body)


def git(folder, *arguments):
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "tag.gpgSign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def address(tmp_path, monkeypatch):
    for name in ("app.git", "empty.git"):
        subprocess.run(["git", "init", "-q", str(tmp_path / name)], check=True)
    git(tmp_path / "app.git", "commit", "--allow-empty", "-qm", "First")
    git(tmp_path / "app.git", "tag", "v1.0.0")
    git(tmp_path / "app.git", "tag", "-a", "v1.1.0", "-m", "Annotated")
    with Street({"git.example": Backend(tmp_path)}) as street:
        (tmp_path / "authority.pem").write_bytes(street.authority_pem())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        monkeypatch.setenv("HTTPS_PROXY", street.proxy())
        yield "https://git.example"


def asked(url):
    return gittag.ask([GitTag(url)], Session(HttpWeb(), Credentials()))[GitTag(url)]


def test_plain_and_annotated_tags_are_listed_by_name(address):
    assert asked(f"{address}/app.git") == ("v1.0.0", "v1.1.0")


def test_an_annotated_tag_leads_to_its_commit(address):
    refs = HttpWeb().git_refs(f"{address}/app.git")

    assert refs["refs/tags/v1.1.0^{}"] == refs["refs/tags/v1.0.0"] != refs["refs/tags/v1.1.0"]


def test_a_repository_without_commits_has_no_tags(address):
    assert asked(f"{address}/empty.git") == ()


def test_a_repository_that_is_not_there_is_named(address):
    assert "git.example has no Git repository at `/typo.git`" in str(asked(f"{address}/typo.git"))
