"""Git over HTTP, answered by git itself: clone, fetch and push at `/{owner}/{repo}.git/…`."""

from __future__ import annotations

import subprocess

from sandbox.github.git import environment
from sandbox.github.people import Person
from sandbox.github.repository import Repository
from sandbox.net import Request, Response

PUSH = "git-receive-pack"


def answer(request: Request, repository: Repository, service: str, writer: Person | None) -> Response:
    """The answer to `info/refs`, `git-upload-pack` or `git-receive-pack`; pull requests follow a push of *writer*.

    Real git answers, not dulwich: the product is a client of dulwich's, and a server of the same library would agree
    with it about a mistake. *writer* None may only read.
    """
    wanted = request.first("service") if service == "info/refs" else service
    if wanted != PUSH:
        return _served(request, repository, service)
    if "authorization" not in request.headers:
        return Response(401, {"WWW-Authenticate": 'Basic realm="GitHub"'}, b"Authentication required")
    if writer is None:
        return Response(403, {"Content-Type": "text/plain"}, f"Permission to {repository.name}.git denied.".encode())
    before = repository.git.refs("refs/heads")
    said = _served(request, repository, service)
    after = repository.git.refs("refs/heads")
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            repository.follow(name, after.get(name, ""), writer)
    return said


def _served(request: Request, repository: Repository, service: str) -> Response:
    cgi = {
        **environment(),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_PROJECT_ROOT": str(repository.git.path.resolve()),
        "PATH_INFO": f"/{service}",
        "REQUEST_METHOD": request.method,
        "QUERY_STRING": request.target.partition("?")[2],
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
        "REMOTE_USER": "sandbox",
        "REMOTE_ADDR": "127.0.0.1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.receivepack",
        "GIT_CONFIG_VALUE_0": "true",
    }
    done = subprocess.run(
        ["git", "http-backend"], input=request.body, env=cgi, capture_output=True, check=True, process_group=0
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    status = int(headers.pop("Status", "200").split()[0])
    return Response(status, headers, body)
