"""The door of a registry: its challenges, its token server and who may read what."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.net import Request, Response

Kind = Literal["none", "token", "basic", "both-in-one-header"]


@dataclass
class Gate:
    """Who gets in. *users* are names with passwords; *private* are repositories that nobody reads without one.

    *realm* is the token server's address (empty: `/token` on the registry's own host); *token_field* names where the
    token stands in its answer (empty: in both); *scopes* says whether one token covers several repositories;
    *lifetime* is how many uses a token survives (None: any).
    """

    kind: Kind = "none"
    realm: str = ""
    service: str = "registry"
    users: Mapping[str, str] = field(default_factory=dict)
    private: Collection[str] = ()
    token_field: Literal["", "token", "access_token"] = ""
    scopes: Literal["many", "one"] = "many"
    lifetime: int | None = None

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._issued: dict[str, frozenset[str]] = {}
        self._uses: dict[str, int] = {}

    def refusal(self, request: Request, repo: str) -> Response | None:
        """The 401 for *request*, which wants to read *repo* (empty: only `/v2/`); None lets it in."""
        if self.kind == "none":
            return None
        word, _, value = request.headers.get("authorization", "").partition(" ")
        if word.lower() == "basic" and self.kind != "token":
            return None if self._user(value) else self._challenge(request, repo)
        if word.lower() == "bearer" and self.kind != "basic":
            return self._judge_token(request, repo, value)
        return self._challenge(request, repo)

    def token(self, request: Request) -> Response:
        """The token server's answer: a token for what was asked and may be read, 401 for a wrong password."""
        word, _, value = request.headers.get("authorization", "").partition(" ")
        user = self._user(value) if word.lower() == "basic" else ""
        if word and not user:
            return _unauthorized({}, "UNAUTHORIZED", "incorrect username or password")
        if request.first("service") not in ("", self.service):
            return Response.of_json({"details": "service is unknown"}, 400)
        asked = [scope for value in request.query.get("scope", []) for scope in value.split(" ") if scope]
        readable = [repo for repo in map(_repository, asked) if repo and (user or repo not in self.private)]
        text = secrets.token_urlsafe(24)
        with self._lock:
            self._issued[text] = frozenset(readable if self.scopes == "many" else readable[:1])
        names = (self.token_field,) if self.token_field else ("token", "access_token")
        return Response.of_json({**dict.fromkeys(names, text), "expires_in": 300, "issued_at": "2025-01-01T00:00:00Z"})

    def _user(self, encoded: str) -> str:
        try:
            name, _, password = base64.b64decode(encoded).decode().partition(":")
        except ValueError:
            return ""
        return name if self.users.get(name) == password and password else ""

    def _judge_token(self, request: Request, repo: str, text: str) -> Response | None:
        with self._lock:
            covered = self._issued.get(text)
            self._uses[text] = self._uses.get(text, 0) + 1
            worn = self.lifetime is not None and self._uses[text] > self.lifetime
        if covered is None or worn:
            return self._challenge(request, repo, "invalid_token")
        if repo and repo not in covered:
            return self._challenge(request, repo, "insufficient_scope")
        return None

    def _challenge(self, request: Request, repo: str, error: str = "") -> Response:
        realm = self.realm or f"{request.origin}/token"
        scope = f',scope="repository:{repo}:pull"' if repo else ""
        bearer = f'Bearer realm="{realm}",service="{self.service}"'
        words = {
            "basic": 'Basic realm="registry"',
            "both-in-one-header": f'{bearer},scope="*",Basic realm="registry"',
        }.get(self.kind, bearer + scope + (f',error="{error}"' if error else ""))
        return _unauthorized({"WWW-Authenticate": words}, "UNAUTHORIZED", "authentication required", repo)


def _repository(scope: str) -> str:
    """The repository that *scope* asks to pull; empty where it asks for something else."""
    kind, _, rest = scope.partition(":")
    repo, _, actions = rest.rpartition(":")
    return repo if kind == "repository" and {"pull", "*"} & set(actions.split(",")) else ""


def _unauthorized(headers: Mapping[str, str], code: str, message: str, repo: str = "") -> Response:
    detail = [{"Type": "repository", "Class": "", "Name": repo, "Action": "pull"}] if repo else None
    return Response.of_json({"errors": [{"code": code, "message": message, "detail": detail}]}, 401, headers)
