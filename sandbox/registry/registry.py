"""A registry of images that speaks the distribution protocol as distribution v3 does, with the oddities of others."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

from sandbox.net import Request, Response
from sandbox.registry.gate import Gate
from sandbox.registry.images import ACCEPTED_INDEXES, BOTH, Image

ROUTE = re.compile(r"/v2/(?P<repo>.+?)/(?P<kind>tags/list|manifests/(?P<reference>[^/]+)|blobs/(?P<digest>[^/]+))")
API = {"Docker-Distribution-Api-Version": "registry/2.0"}
HUB_PULLS = 100
"""Pulls that Docker Hub allows without a login in six hours."""

Created = Mapping[tuple[str, str], str]


@dataclass
class Registry:
    """Repositories with their tags, in the order in which they were pushed.

    *platforms* names what a tag runs on (both Linux ones where it is silent; none at all means a manifest
    without an index); *missing* are tags that are listed although their manifest is gone; *page* is the most
    that one page holds, *default_page* what a request without `n` gets (None: everything). *blobs_at* is the
    address that a blob is fetched from, by redirect. *labels* are a tag's in place of the usual
    ones; they are annotations too where *annotated* is true. Guarded as `gate` says.
    """

    tags: Mapping[str, Sequence[str]]
    _: KW_ONLY
    gate: Gate = field(default_factory=Gate)
    order: Literal["lexical", "upload", "unsorted"] = "lexical"
    link: Literal["relative", "absolute", "none"] = "relative"
    page: int = 1000
    default_page: int | None = None
    ignores_n: bool = False
    null_when_empty: bool = False
    platforms: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    created: Created = field(default_factory=dict)
    labels: Mapping[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)
    annotated: bool = True
    missing: Collection[tuple[str, str]] = ()
    pull_limit: int | None = None
    blobs_at: str = ""
    pulls: int = 0
    """GETs of manifests that were answered: what Docker Hub counts."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._pushed = {repo: list(dict.fromkeys(tags)) for repo, tags in self.tags.items()}
        self._platforms = dict(self.platforms)
        self._created = dict(self.created)
        self._blobs: dict[str, tuple[str, bytes]] = {}

    def publish(self, repo: str, tag: str, *, platforms: Sequence[str] = BOTH, created: str = "") -> None:
        """Push an image: from now on it is listed, and its manifest is the one of these *platforms*."""
        with self._lock:
            pushed = self._pushed.setdefault(repo, [])
            if tag not in pushed:
                pushed.append(tag)
            self._platforms[repo, tag] = platforms
            if created:
                self._created[repo, tag] = created

    def delete(self, repo: str, tag: str) -> None:
        """Take *tag* away; the repository stays."""
        with self._lock:
            self._pushed[repo].remove(tag)

    def listed(self, repo: str) -> list[str]:
        """The tags of *repo*, in the order in which this registry lists them."""
        with self._lock:
            tags = list(self._pushed[repo])
        if self.order == "lexical":
            return sorted(tags)
        if self.order == "unsorted":
            return sorted(tags, key=lambda tag: hashlib.sha256(tag.encode()).digest())
        return tags

    def answer(self, request: Request) -> Response:
        """Answer one request, as a registry or as its token server (`/token`)."""
        if request.path == "/token":
            return self.gate.token(request)
        if request.path in ("/v2", "/v2/"):
            return self.gate.refusal(request, "") or Response.of_json({}, headers=API)
        found = ROUTE.fullmatch(request.path)
        if not found:
            return Response(404, {"Content-Type": "text/plain; charset=utf-8"}, b"404 page not found\n")
        if request.method not in ("GET", "HEAD"):
            return _error(405, "UNSUPPORTED", "The operation is unsupported.")
        repo = found["repo"]
        refused = self.gate.refusal(request, repo)
        if refused:
            return refused
        if repo not in self._pushed:
            return _error(404, "NAME_UNKNOWN", "repository name not known to registry", {"name": repo})
        if found["kind"] == "tags/list":
            return self._tags(request, repo)
        if found["digest"]:
            return self._blob(found["digest"])
        return self._manifest(request, repo, found["reference"])

    def _tags(self, request: Request, repo: str) -> Response:
        tags: list[str] = self.listed(repo)
        if self.ignores_n:
            return self._listing(repo, tags)
        asked = request.first("n")
        if asked and not re.fullmatch(r"\d+", asked):
            return _error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested", {"n": asked})
        size = min(int(asked), self.page) if asked else self.default_page
        if "last" in request.query:
            tags = self._after(tags, request.first("last"))
        if size is None:
            return self._listing(repo, tags)
        page = tags[:size]
        headers = {}
        # A full last page has a link too: distribution does not look ahead.
        if page and len(page) == size and self.link != "none":
            path = f"{request.origin if self.link == 'absolute' else ''}/v2/{quote(repo)}/tags/list"
            headers["Link"] = f'<{path}?{urlencode({"last": page[-1], "n": size})}>; rel="next"'
        return self._listing(repo, page, headers)

    def _after(self, tags: list[str], last: str) -> list[str]:
        if self.order == "lexical":
            return [tag for tag in tags if tag > last]
        return tags[tags.index(last) + 1 :] if last in tags else []

    def _listing(self, repo: str, tags: list[str], headers: Mapping[str, str] | None = None) -> Response:
        listed = None if self.null_when_empty and not tags else tags
        return Response.of_json({"name": repo, "tags": listed}, headers={**API, **(headers or {})})

    def _manifest(self, request: Request, repo: str, reference: str) -> Response:
        found = self._content(repo, reference)
        if found is None:
            return _error(404, "MANIFEST_UNKNOWN", "manifest unknown", {"name": repo, "tag": reference})
        kind, body = found
        accepted = request.headers.get("accept", "")
        if kind in ACCEPTED_INDEXES and kind not in accepted:
            what = "OCI index found, but accept header does not support OCI indexes"
            return _error(404, "MANIFEST_UNKNOWN", what)
        limits = self._count(request)
        if limits is None:
            what = "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
            return _error(429, "TOOMANYREQUESTS", what, headers=self._limits())
        headers = {"Content-Type": kind, "Docker-Content-Digest": _digest(body), "Content-Length": str(len(body))}
        return Response(200, {**API, **headers, **limits}, body)

    def _content(self, repo: str, reference: str) -> tuple[str, bytes] | None:
        if ":" in reference:
            return self._blobs.get(reference)
        with self._lock:
            if reference not in self._pushed[repo] or (repo, reference) in self.missing:
                return None
            platforms = tuple(self._platforms.get((repo, reference), BOTH))
            created = self._created.get((repo, reference), "2025-01-01T00:00:00Z")
            given_labels = self.labels.get((repo, reference))
            image = Image(repo, reference, platforms, created, given_labels, annotated=self.annotated)
            contents = image.contents()
            self._blobs.update({_digest(body): (kind, body) for kind, body in contents})
            return contents[0]

    def _count(self, request: Request) -> dict[str, str] | None:
        """The headers on what is left; None where nothing is. Only a GET is counted."""
        with self._lock:
            if request.method == "GET":
                if self.pull_limit is not None and self.pulls >= self.pull_limit:
                    return None
                self.pulls += 1
        return self._limits()

    def _limits(self) -> dict[str, str]:
        if self.pull_limit is None:
            return {}
        left = self.pull_limit - self.pulls
        return {"ratelimit-limit": f"{self.pull_limit};w=21600", "ratelimit-remaining": f"{left};w=21600"}

    def _blob(self, digest: str) -> Response:
        found = self._blobs.get(digest)
        if found is None:
            return _error(404, "BLOB_UNKNOWN", "blob unknown to registry", {"digest": digest})
        if self.blobs_at:
            return Response(307, {"Location": f"{self.blobs_at}/v2/blobs/blobs/{digest}"})
        headers = {"Content-Type": "application/octet-stream", "Docker-Content-Digest": digest}
        return Response(200, {**API, **headers}, found[1])


def docker_hub(tags: Mapping[str, Sequence[str]], created: Created | None = None) -> dict[str, Registry]:
    """Docker Hub's hosts: lexical order, a token server on a host of its own, pulls counted."""
    gate = Gate("token", realm="https://auth.docker.io/token", service="registry.docker.io")
    hub = Registry(tags, gate=gate, created=created or {}, pull_limit=HUB_PULLS)
    return dict.fromkeys(("registry-1.docker.io", "index.docker.io", "auth.docker.io"), hub)


def ghcr(tags: Mapping[str, Sequence[str]], created: Created | None = None) -> dict[str, Registry]:
    """GitHub's registry: pages of a hundred, oldest first; one host."""
    gate = Gate("token", realm="https://ghcr.io/token", service="ghcr.io")
    return {"ghcr.io": Registry(tags, gate=gate, created=created or {}, order="upload", page=100, default_page=100)}


def _digest(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _error(
    status: int, code: str, message: str, detail: object = None, headers: Mapping[str, str] | None = None
) -> Response:
    error = {"code": code, "message": message} | ({"detail": detail} if detail is not None else {})
    return Response.of_json({"errors": [error]}, status, {**API, **(headers or {})})
