"""The door of GitHub: which request goes to which interface, and what every answer carries."""

from __future__ import annotations

import base64
import json
import re
import uuid
from dataclasses import replace

from sandbox.github import smart_http
from sandbox.github.calls import Call
from sandbox.github.people import ANONYMOUS, Token
from sandbox.github.refusals import Refused
from sandbox.github.repository import Repository
from sandbox.github.rest import routes
from sandbox.github.state import State, Write
from sandbox.net import Request, Response

GIT = re.compile(r"/(?P<name>[^/]+/[^/]+?)(?:\.git)?/(?P<service>info/refs|git-upload-pack|git-receive-pack)")
REPOS = re.compile(r"/repos/(?P<name>[^/]+/[^/]+)(?P<rest>/.*)?")
BY_NUMBER = re.compile(r"/repositories/(?P<number>\d+)(?P<rest>/.*)?")
READS = ("GET", "HEAD")
SECRET = ("administration", "secrets", "variables", "environments")
"""Areas that even a public repository shows to nobody without the permission."""
CREATES = re.compile(r"/(pulls|comments|deployments|statuses|dispatches)$")
"""What makes content, of which GitHub takes 80 a minute."""
NOT_FOUND = Refused(404, "Not Found")


class GitHub(State):
    """The site `api.github.com` and `github.com`; keeps its repositories in the folder *root*."""

    def answer(self, request: Request) -> Response:
        """Answer one request; one at a time, so that each sees a whole world."""
        with self.lock:
            if GIT.fullmatch(request.path):
                return self._git(request)
            path = request.path.removeprefix("/api/v3")
            graphql = path in ("/graphql", "/api/graphql")
            try:
                response = self._limited(request, path, graphql=graphql)
            except Refused as refused:
                response = refused.response()
            self._write_down(request, path, response, graphql=graphql)
        extra = {"X-GitHub-Request-Id": uuid.uuid4().hex[:16].upper(), "X-GitHub-Media-Type": "github.v3; format=json"}
        limits = self.limits.headers("graphql" if graphql else "core")
        return replace(response, headers={**extra, **limits, **self._of_token(request), **response.headers})

    def _of_token(self, request: Request) -> dict[str, str]:
        """When a personal token ends, and a classic one's scopes, which every answer to it says."""
        shown = request.headers.get("authorization", "")
        token = self.shown(shown)
        said = {"GitHub-Authentication-Token-Expiration": token.expires} if token and token.expires else {}
        return {**said, "X-OAuth-Scopes": "repo, workflow"} if token and " ghp_" in shown else said

    def _limited(self, request: Request, path: str, *, graphql: bool) -> Response:
        token = self.shown(request.headers.get("authorization", ""))
        if token is None:
            raise Refused(401, "Bad credentials")
        refusal = None if path == "/rate_limit" else self.limits.refusal(graphql=graphql)
        if refusal is None and request.method == "POST" and CREATES.search(path):
            refusal = self.limits.creation()
        if refusal:
            return refusal
        api = f"{request.origin}{request.path[: len(request.path) - len(path)]}"
        if not graphql:
            return self._rest(request, path, token, api)
        if token is ANONYMOUS:
            raise Refused(401, "This endpoint requires you to be authenticated.")
        from sandbox.github.graphql import answer

        return answer(Call(request, self, token, {}, api))

    def _rest(self, request: Request, path: str, token: Token, api: str) -> Response:
        numbered = BY_NUMBER.fullmatch(path)
        if numbered:
            path = self._by_number(int(numbered["number"]), numbered["rest"] or "")
        named = REPOS.fullmatch(path)
        repository = self.called(named["name"], token) if named else None
        if named and repository is None:
            return self._redirect(request, named["name"], named["rest"] or "", token, api)
        found = routes.find("GET" if request.method == "HEAD" else request.method, path)
        if found is None:
            raise NOT_FOUND
        call = Call(request, self, token, found.parts, api, repository)
        if repository is not None:
            _permit(call, repository, found.need)
            if "/git/" in path and repository.empty:
                raise Refused(409, "Git Repository is empty.")
        return found.handler(call)

    def _by_number(self, number: int, rest: str) -> str:
        found = next((each for each in self.repositories.values() if each.number == number), None)
        if found is None:
            raise NOT_FOUND
        return f"/repos/{found.name}{rest}"

    def _redirect(self, request: Request, name: str, rest: str, token: Token, api: str) -> Response:
        repository = self.find(name, token)
        if repository is None:
            raise NOT_FOUND
        query = request.target.partition("?")[2]
        url = f"{api}/repositories/{repository.number}{rest}{'?' if query else ''}{query}"
        status, words = (301, "Moved Permanently") if request.method in READS else (307, "Temporary Redirect")
        body = {"message": words, "url": url, "documentation_url": "https://docs.github.com/rest"}
        return Response.of_json(body, status, {"Location": url})

    def _git(self, request: Request) -> Response:
        matched = GIT.fullmatch(request.path)
        assert matched
        token = self.shown(_bearer(request.headers.get("authorization", "")))
        repository = self.find(matched["name"], token) if token else None
        if repository is None or token is None:
            return Response(401, {"WWW-Authenticate": 'Basic realm="GitHub"'}, b"Repository not found.")
        writes = token.may("contents:write") and token.reaches(repository.name)
        return smart_http.answer(request, repository, matched["service"], token.person if writes else None)

    def _write_down(self, request: Request, path: str, response: Response, *, graphql: bool) -> None:
        if request.method in READS or response.status >= 300:
            return
        summary = _mutation(request, response) if graphql else _summary(request)
        if summary is not None:
            token = self.shown(request.headers.get("authorization", "")) or ANONYMOUS
            self.writes.append(Write(request.method, path, summary, token.person.login))


def _permit(call: Call, repository: Repository, need: str) -> None:
    if call.request.method in READS:
        if repository.private or need.partition(":")[0] in SECRET:
            call.need(need)
        return
    if call.token is ANONYMOUS:
        raise Refused(401, "Requires authentication")
    if not call.token.reaches(repository.name):
        raise Refused(403, call.token.refusal)
    call.need(need)


def _bearer(authorization: str) -> str:
    """The header with the token that git sends as a password, or as a name without one."""
    scheme, _, shown = authorization.partition(" ")
    if scheme.lower() != "basic":
        return authorization
    user, _, password = base64.b64decode(shown).decode("utf-8", "replace").partition(":")
    return f"Bearer {password if password not in ('', 'x-oauth-basic') else user}"


def _summary(request: Request) -> str:
    text = request.body.decode("utf-8", "replace")
    return text if len(text) <= 200 else f"{text[:200]}…"


def _mutation(request: Request, response: Response) -> str | None:
    """The mutation that happened; None where a query only read, or nothing happened."""
    query = str(json.loads(request.body).get("query", ""))
    if not query.lstrip().startswith("mutation") or json.loads(response.body).get("errors"):
        return None
    return ", ".join(json.loads(response.body)["data"])
