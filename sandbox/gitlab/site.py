"""GitLab, as far as triggers and pipelines go, with its own words for every refusal."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal
from urllib.parse import unquote

from sandbox.net import Fields, Request, Response, Value, fields_of

TRIGGER = re.compile(r"/api/v4/projects/(?P<id>[^/]+)/(?:ref/(?P<ref>.+)/)?trigger/pipeline/?")
PIPELINE = re.compile(r"/api/v4/projects/(?P<id>[^/]+)/pipelines/(?P<number>\d+)/?")
ROLES = ("developer", "maintainer", "owner")

Trouble = Literal[
    "", "filtered", "no jobs", "no jobs (older)", "no ci file", "job token", "owner lost rights", "failed at once",
    "too many", "too many (pipelines)", "down",
]  # fmt: skip


def _base(words: str) -> object:
    return {"message": {"base": [words]}}


TROUBLES: Mapping[Trouble, tuple[int, object]] = {
    "filtered": (400, _base("Pipeline filtered out by workflow rules.")),
    "no jobs": (
        400,
        _base(
            "Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being "
            "added to the pipeline."
        ),
    ),
    "no jobs (older)": (400, _base("No stages / jobs for this pipeline.")),
    "no ci file": (400, _base("Missing CI config file")),
    "job token": (401, {"message": "Job is not running"}),
    "owner lost rights": (403, {"message": "403 Forbidden"}),
    "failed at once": (422, _base("Pipeline creation failed")),
    "too many": (429, {"message": {"error": "This endpoint has been requested too many times. Try again later."}}),
    "too many (pipelines)": (400, _base("Too many pipelines created in the last minute. Try again later.")),
    "down": (502, None),
}
"""Status and JSON of each refusal that has to do with the project and not with the request."""

DOWN = b"<!DOCTYPE html><html><head><title>GitLab is not responding (502)</title></head><body>502</body></html>"


@dataclass
class GitLabProject:
    """One project. *id* and *path* both find it; *token* is its trigger token, of a user with *role*.

    *variables_role* is the setting "Minimum role to use pipeline variables"; *payload_counts* is the behaviour
    of versions that count the trigger's own payload as a variable. *trouble* refuses every trigger, *troubles*
    only the next ones, one after another. *statuses* are what each look at a pipeline sees, the last for good.
    """

    token: str
    _: KW_ONLY
    id: int = 0
    path: str = ""
    refs: Collection[str] = frozenset({"main"})
    role: Literal["developer", "maintainer", "owner"] = "maintainer"
    variables_role: Literal["no_one_allowed", "owner", "maintainer", "developer"] = "developer"
    payload_counts: bool = False
    public: bool = False
    trouble: Trouble = ""
    troubles: list[Trouble] = field(default_factory=list)
    statuses: tuple[str, ...] = ("created", "pending", "running", "success")
    retry_after: int | None = None


@dataclass
class Pipeline:
    """A pipeline that was started. *looks* counts how often its status was read."""

    id: int
    iid: int
    project: GitLabProject
    ref: str
    variables: Mapping[str, str]
    inputs: Mapping[str, object]
    looks: int = 0

    @property
    def status(self) -> str:
        """What GitLab says of it at this look."""
        return self.project.statuses[min(self.looks, len(self.project.statuses) - 1)]


@dataclass
class GitLab:
    """Projects by number or path; *read_tokens* may read any pipeline; *pipelines* are those started, in order."""

    projects: Mapping[str, GitLabProject] | Mapping[int, GitLabProject] | Mapping[str | int, GitLabProject]
    read_tokens: Collection[str] = ()
    pipelines: list[Pipeline] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._first_id = 1001
        for position, (name, project) in enumerate(self.projects.items(), start=1):
            project.id = project.id or (int(name) if str(name).isdigit() else position)
            project.path = project.path or (f"acme/project-{name}" if str(name).isdigit() else str(name))

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        trigger, look = TRIGGER.fullmatch(request.path), PIPELINE.fullmatch(request.path)
        if trigger and request.method == "POST":
            return self._trigger(request, unquote(trigger["id"]), unquote(trigger["ref"] or ""))
        if look and request.method == "GET":
            return self._look(request, unquote(look["id"]), int(look["number"]))
        return Response.of_json({"error": "404 Not Found"}, 404)

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
        variables = fields.get("variables") or {}
        if not isinstance(variables, dict) or not all(isinstance(value, str) for value in variables.values()):
            return _refused(400, {"message": "variables needs to be a map of key-valued strings"})
        project = self._find(name)
        if project is None or fields["token"] != project.token:
            return _refused(404, {"message": "404 Not Found"})
        with self._lock:
            trouble = project.troubles.pop(0) if project.troubles else project.trouble
        return _troubled(project, trouble) or self._start(request, project, fields)

    def _start(self, request: Request, project: GitLabProject, fields: Fields) -> Response:
        ref, variables, inputs = str(fields["ref"]), fields.get("variables") or {}, fields.get("inputs") or {}
        assert isinstance(variables, dict)
        if ref not in project.refs:
            return _refused(400, _base("Reference not found"))
        if (variables or project.payload_counts) and not _may_set_variables(project):
            return _refused(400, _base("Insufficient permissions to set pipeline variables"))
        texts = {key: str(value) for key, value in variables.items()}
        with self._lock:
            number = self._first_id + len(self.pipelines)
            iid = 1 + sum(each.project is project for each in self.pipelines)
            pipeline = Pipeline(number, iid, project, ref, texts, inputs if isinstance(inputs, dict) else {})
            self.pipelines.append(pipeline)
        return Response.of_json(_shown(request, pipeline), 201)

    def _look(self, request: Request, name: str, number: int) -> Response:
        word, _, bearer = request.headers.get("authorization", "").partition(" ")
        token = request.headers.get("private-token", bearer if word == "Bearer" else "")
        if token and token not in self.read_tokens:
            return _refused(401, {"message": "401 Unauthorized"})
        project = self._find(name)
        if project is None or not (token or project.public):
            return _refused(404, {"message": "404 Project Not Found"})
        found = [each for each in self.pipelines if each.project is project and each.id == number]
        if not found:
            return _refused(404, {"message": "404 Not found"})
        with self._lock:
            found[0].looks += 1
        return Response.of_json(_shown(request, found[0]))

    def _find(self, name: str) -> GitLabProject | None:
        return next((each for each in self.projects.values() if name in (str(each.id), each.path)), None)


def _malformed(fields: Fields) -> str:
    """What is wrong with the fields as such, before anybody looks at the project."""
    absent = [f"{name} is missing" for name in ("ref", "token") if name not in fields]
    if absent:
        return ", ".join(absent)
    if fields["ref"] == "":
        return "ref is empty"
    variables: Value = fields.get("variables")
    return "" if variables in (None, "") or isinstance(variables, dict) else "variables is invalid"


def _may_set_variables(project: GitLabProject) -> bool:
    if project.variables_role == "no_one_allowed":
        return False
    return ROLES.index(project.role) >= ROLES.index(project.variables_role)


def _troubled(project: GitLabProject, trouble: Trouble) -> Response | None:
    if not trouble:
        return None
    status, body = TROUBLES[trouble]
    if body is None:
        return Response(status, {"Content-Type": "text/html"}, DOWN)
    waits = {"Retry-After": str(project.retry_after)} if project.retry_after is not None else {}
    return Response.of_json(body, status, waits if status == 429 else {})


def _refused(status: int, body: object) -> Response:
    return Response.of_json(body, status)


def _shown(request: Request, pipeline: Pipeline) -> dict[str, object]:
    project = pipeline.project
    return {
        "id": pipeline.id,
        "iid": pipeline.iid,
        "project_id": project.id,
        "sha": f"{pipeline.id:040x}",
        "ref": pipeline.ref,
        "status": pipeline.status,
        "source": "trigger",
        "created_at": "2025-01-01T00:00:00.000Z",
        "web_url": f"{request.origin}/{project.path}/-/pipelines/{pipeline.id}",
        "user": {"id": 7, "username": "deployer", "state": "active"},
        "detailed_status": {"text": pipeline.status.capitalize(), "group": pipeline.status},
    }
