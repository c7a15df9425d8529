"""GitLab, as far as triggers and pipelines go, with its own words for every refusal."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from sandbox.gitlab import reading, troubles
from sandbox.gitlab.projects import FIRST_ID, GitLabProject, Pipeline, ReadToken
from sandbox.net import Fields, Request, Reset, Response, Value, fields_of

TRIGGER = re.compile(r"/api/v4/projects/(?P<id>[^/]+)/(?:ref/(?P<ref>.+)/)?trigger/pipeline/?")
PIPELINES = re.compile(
    r"/api/v4/projects/(?P<id>[^/]+)/pipelines(?:/(?P<number>\d+)(?P<variables>/variables)?)?/?"
)  # fmt: skip
UNKNOWN_INPUT = "Given inputs not defined in the `spec` section of the included configuration file"


@dataclass
class GitLab:
    """Projects by number or path; *read_tokens* read pipelines: all of them, or as each says of itself.

    *pipelines* are those started, in order.
    """

    projects: Mapping[str, GitLabProject] | Mapping[int, GitLabProject] | Mapping[str | int, GitLabProject]
    read_tokens: Collection[str] | Mapping[str, ReadToken] = ()
    pipelines: list[Pipeline] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._known: list[GitLabProject] = []
        for name, project in self.projects.items():
            self.add(name, project)

    def add(self, name: str | int, project: GitLabProject) -> GitLabProject:
        """Make one more project known by its number or path."""
        project.id = project.id or (int(name) if str(name).isdigit() else len(self._known) + 1)
        project.path = project.path or (f"acme/project-{name}" if str(name).isdigit() else str(name))
        self._known.append(project)
        return project

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        trigger, read = TRIGGER.fullmatch(request.path), PIPELINES.fullmatch(request.path)
        if trigger and request.method == "POST":
            return self._trigger(request, unquote(trigger["id"]), unquote(trigger["ref"] or ""))
        if read and request.method == "GET":
            return self._read(request, read)
        return Response.of_json({"error": "404 Not Found"}, 404)

    def project(self, name: str) -> GitLabProject | None:
        """The project of this number or path."""
        return next((each for each in self._known if name in (str(each.id), each.path)), None)

    def _trigger(self, request: Request, name: str, ref: str) -> Response:
        fields = fields_of(request)
        if fields is None:
            return _refused(400, {"error": "Problems parsing the request body"})
        fields = {**fields, **({"ref": ref} if ref else {})}
        malformed = _malformed(fields)
        if malformed:
            return _refused(400, {"error": malformed})
        if request.headers.get("x-gitlab-event") == "Pipeline Hook":
            return _refused(403, {"message": "403 Forbidden"})
        given = fields.get("variables") or {}
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            return _refused(400, {"message": "variables needs to be a map of key-valued strings"})
        project = self.project(name)
        if project is None or fields["token"] != project.token:
            return _refused(404, {"message": "404 Not Found"})
        with self._lock:
            return self._spoiled(request, project, fields)

    def _spoiled(self, request: Request, project: GitLabProject, fields: Fields) -> Response:
        trouble = project.next_trouble()
        refused = troubles.answer(trouble, project.retry_after)
        if refused is not None:
            return refused
        started = self._start(request, project, fields)
        if trouble == "answer lost":
            raise Reset
        return Response(504, {"Content-Type": "text/html"}, troubles.DOWN) if trouble else started

    def _start(self, request: Request, project: GitLabProject, fields: Fields) -> Response:
        refused = _unstartable(project, fields)
        if refused:
            return _refused(400, troubles.base(refused))
        ours = [each for each in self.pipelines if each.project is project]
        lately = [each for each in ours if each.began > time.monotonic() - project.window]
        if project.most is not None and len(lately) >= project.most:
            # GitLab counts by project, commit and user; here a project has one commit and its token one user.
            return _refused(400, troubles.TOO_MANY_PIPELINES)
        given, inputs = fields.get("variables") or {}, fields.get("inputs") or {}
        assert isinstance(given, dict)
        assert isinstance(inputs, dict)
        texts = {key: str(value) for key, value in given.items()}
        number = FIRST_ID + len(self.pipelines)
        ref, script = str(fields["ref"]), project.next_script()
        self.pipelines.append(Pipeline(number, 1 + len(ours), project, ref, texts, inputs, script))
        return Response.of_json(reading.one(request, self.pipelines[-1]), 201)

    def _read(self, request: Request, path: re.Match[str]) -> Response:
        word, _, bearer = request.headers.get("authorization", "").partition(" ")
        shown = request.headers.get("private-token", bearer if word == "Bearer" else "")
        project = self.project(unquote(path["id"]))
        refused = reading.refusal(self._token(shown), shown, project)
        if refused:
            return refused
        with self._lock:
            own = [each for each in self.pipelines if each.project is project]
            if not path["number"]:
                return reading.listed(request, own)
            found = [each for each in own if each.id == int(path["number"])]
            if not found:
                return _refused(404, {"message": "404 Not found"})
            if path["variables"]:
                return Response.of_json(reading.variables(found[0]))
            found[0].look()
            return Response.of_json(reading.one(request, found[0]))

    def _token(self, shown: str) -> ReadToken | None:
        if isinstance(self.read_tokens, Mapping):
            return self.read_tokens.get(shown)
        return ReadToken() if shown in self.read_tokens else None


def _unstartable(project: GitLabProject, fields: Fields) -> str:
    """Why a pipeline of these fields cannot start; empty where it can."""
    if str(fields["ref"]) not in project.refs:
        return "Reference not found"
    if (fields.get("variables") or project.payload_counts) and not project.sets_variables:
        return "Insufficient permissions to set pipeline variables"
    inputs = fields.get("inputs") or {}
    if isinstance(inputs, dict) and project.inputs is not None and set(inputs) - set(project.inputs):
        return UNKNOWN_INPUT
    return ""


def _malformed(fields: Fields) -> str:
    """What is wrong with the fields as such, before anybody looks at the project."""
    absent = [f"{name} is missing" for name in ("ref", "token") if name not in fields]
    if absent:
        return ", ".join(absent)
    if fields["ref"] == "":
        return "ref is empty"
    for name in ("variables", "inputs"):
        value: Value = fields.get(name)
        if value not in (None, "") and not isinstance(value, dict):
            return f"{name} is invalid"
    return ""


def _refused(status: int, body: object) -> Response:
    return Response.of_json(body, status)
