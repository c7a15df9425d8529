"""A real registry (distribution 2.8, as Debian has it), filled on disk and asked through its token server."""

import hashlib
import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import requests

from sandbox.net import Response
from sandbox.registry import Image
from sandbox.token_server import ISSUER, SERVICE

PROGRAM = shutil.which("docker-registry")
KEPT = ("Authorization", "Accept")
GIVEN = ("Content-Type", "Www-Authenticate", "Link", "Docker-Content-Digest")


class Front:
    """One address for a registry and its token server, as most companies have it."""

    def __init__(self, tokens, port):
        self.tokens = tokens
        self.registry = f"http://127.0.0.1:{port}"
        self.asked = []

    def answer(self, request):
        if request.path == "/token":
            return self.tokens.answer(request)
        self.asked.append(request.target)
        headers = {name: request.headers[name.lower()] for name in KEPT if name.lower() in request.headers}
        said = requests.request(request.method, f"{self.registry}{request.target}", headers=headers, timeout=10)
        return Response(said.status_code, {k: v for k, v in said.headers.items() if k.title() in GIVEN}, said.content)


class Storage:
    """The folder of a registry's data, written as a push would leave it: 5,000 pushes take half a minute."""

    def __init__(self, root: Path) -> None:
        self.base = root / "docker/registry/v2"

    def publish(self, repository, tags, platforms):
        """Write blobs, the links of revisions and layers, and the links of tags."""
        contents = Image(repository, "1", platforms, "2025-01-01T00:00:00Z").contents()
        home = self.base / "repositories" / repository
        digests = [hashlib.sha256(body).hexdigest() for _, body in contents]
        for digest, (kind, body) in zip(digests, contents, strict=True):
            _write(self.base / f"blobs/sha256/{digest[:2]}/{digest}/data", body)
            place = "_layers" if "config" in kind else "_manifests/revisions"
            _write(home / f"{place}/sha256/{digest}/link", f"sha256:{digest}".encode())
        (home / "_manifests/tags").mkdir(exist_ok=True)
        for tag in tags:
            _write(home / f"_manifests/tags/{tag}/current/link", f"sha256:{digests[0]}".encode())

    def tags(self, repository):
        """How many tags *repository* has."""
        return len(list((self.base / "repositories" / repository / "_manifests/tags").iterdir()))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, port, *, realm, certificate):
    """Run the registry over *folder*/data at *port* of loopback until the block ends."""
    (folder / "config.yml").write_text(json.dumps(_settings(folder, port, realm, certificate)))
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([str(PROGRAM), "serve", str(folder / "config.yml")], stdout=log, stderr=log)
    try:
        _wait_for(port, folder / "log")
        yield
    finally:
        server.terminate()
        server.wait(10)


def _settings(folder, port, realm, certificate):
    (folder / "token.crt").write_bytes(certificate)
    token = {"realm": realm, "service": SERVICE, "issuer": ISSUER, "rootcertbundle": str(folder / "token.crt")}
    return {
        "version": "0.1",
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "data")}},
        "http": {"addr": f"127.0.0.1:{port}"},
        "auth": {"token": token},
    }


def _wait_for(port, log):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"the registry does not start: {log.read_text()[-1000:]}")


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
