"""A Helm repository: `index.yaml` in Helm's own shape, with ETag, gzip and a password where it is wanted."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from sandbox.net import Request, Response

__all__ = ["Helm", "Pages", "long_history"]

GENERATED = "2025-01-01T00:00:00.000000000Z"


@dataclass
class Helm:
    """Charts with their versions, in the order in which they were published; the index has the newest first.

    *deprecated* are (chart, version) pairs; *pages* are `home` and `sources` by such a pair; *authorization* is
    the header's whole value that a client must send (`Basic …` or `Bearer …`), empty for everybody.
    """

    charts: Mapping[str, Sequence[str]]
    _: KW_ONLY
    deprecated: Collection[tuple[str, str]] = ()
    app_versions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    created: Mapping[tuple[str, str], str] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)
    authorization: str = ""
    compresses: bool = True

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._published = {name: list(versions) for name, versions in self.charts.items()}
        self._built: tuple[bytes, bytes] | None = None

    def publish(self, name: str, version: str) -> None:
        """Add a version: from now on the index has it, under another ETag."""
        with self._lock:
            self._published.setdefault(name, []).append(version)
            self._built = None

    def answer(self, request: Request) -> Response:
        """Answer one request for the index, at any path that ends in `/index.yaml`."""
        if self.authorization and request.headers.get("authorization") != self.authorization:
            challenge = {"WWW-Authenticate": 'Basic realm="charts"', "Content-Type": "text/plain"}
            return Response(401, challenge, b"Unauthorized")
        if not request.path.endswith("/index.yaml") or request.method not in ("GET", "HEAD"):
            return Response(404, {"Content-Type": "text/html; charset=utf-8"}, b"<html><body>404</body></html>")
        plain, packed = self._index()
        etag = f'"{hashlib.sha256(plain).hexdigest()[:16]}"'
        common = {"ETag": etag, "Cache-Control": "max-age=600", "Vary": "Accept-Encoding"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(304, common)
        common["Content-Type"] = "text/yaml; charset=utf-8"
        if self.compresses and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(200, {**common, "Content-Encoding": "gzip"}, packed)
        return Response(200, common, plain)

    def _index(self) -> tuple[bytes, bytes]:
        with self._lock:
            if self._built is None:
                lines = ["apiVersion: v1", "entries:"]
                for name in sorted(self._published):
                    lines.append(f"  {name}:")
                    lines += [
                        line for version in reversed(self._published[name]) for line in self._entry(name, version)
                    ]
                plain = "\n".join([*lines, f'generated: "{GENERATED}"', ""]).encode()
                self._built = plain, gzip.compress(plain, compresslevel=1, mtime=0)
            return self._built

    def _entry(self, name: str, version: str) -> list[str]:
        """One entry, its keys in the order in which Helm writes them."""
        digest = hashlib.sha256(f"{name}-{version}".encode()).hexdigest()
        page = self.pages.get((name, version), {})
        lines = ["apiVersion: v2"]
        if (name, version) in self.app_versions:
            lines.append(f"appVersion: {_scalar(self.app_versions[name, version])}")
        lines.append(f'created: "{self.created.get((name, version), GENERATED)}"')
        if (name, version) in self.deprecated:
            lines.append("deprecated: true")
        lines += [
            f"description: A Helm chart for {name}",
            f"digest: {digest}",
            *([f"home: {page['home']}"] if "home" in page else []),
            f"name: {name}",
            *([f"sources: {json.dumps(page['sources'])}"] if "sources" in page else []),
            "type: application",
            "urls:",
            f"- {name}-{version}.tgz",
            f"version: {_scalar(version)}",
        ]
        return [f"  {'- ' if position == 0 else '  '}{line}" for position, line in enumerate(lines)]


@dataclass
class Pages:
    """A host of several repositories, each under a path of its own (`/helm/repo`), as GitHub Pages serves them."""

    repositories: Mapping[str, Helm]

    def answer(self, request: Request) -> Response:
        """Pass the request on to the repository whose path it is under."""
        folder = request.path.rpartition("/")[0]
        found = self.repositories.get(folder)
        if found is None:
            return Response(404, {"Content-Type": "text/html; charset=utf-8"}, b"<html><body>404</body></html>")
        return found.answer(request)


def long_history(entries: int = 18000, charts: int = 12) -> dict[str, list[str]]:
    """Charts for a big index: 18,000 entries make about 5 MB. Every seventh version is a prerelease."""
    return {
        f"chart-{number:02}": [
            f"{step // 100}.{step // 10 % 10}.{step % 10}{'-snapshot.1' if step % 7 == 6 else ''}"
            for step in range(entries // charts)
        ]
        for number in range(charts)
    }


def _scalar(text: str) -> str:
    """*text* as Helm's encoder writes it: plain, unless it would be read as a number."""
    try:
        float(text)
    except ValueError:
        return text
    return f'"{text}"'
