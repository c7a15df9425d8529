"""Pipelines as GitLab's API shows them to a token that may read: one, its variables, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sandbox.gitlab.projects import GitLabProject, Pipeline, ReadToken
from sandbox.net import Request, Response

EXPIRED = "Token is expired. You can either do re-authorization or token refresh."
INSUFFICIENT = "The request requires higher privileges than provided by the access token."


def refusal(token: ReadToken | None, shown: str, project: GitLabProject | None) -> Response | None:
    """Why *project* is not shown; None where it is. *shown* was sent, *token* is what is known of it."""
    if shown and token is None:
        return Response.of_json({"message": "401 Unauthorized"}, 401)
    if token and token.expired:
        return Response.of_json({"error": "invalid_token", "error_description": EXPIRED}, 401)
    if token and not token.reads:
        body = {"error": "insufficient_scope", "error_description": INSUFFICIENT, "scope": "api read_api"}
        return Response.of_json(body, 403)
    member = token is not None and project is not None and (token.paths is None or project.path in token.paths)
    if project is None or not (member or project.public):
        # To whoever may not see it, a private project does not exist.
        return Response.of_json({"message": "404 Project Not Found"}, 404)
    return None


def one(request: Request, pipeline: Pipeline) -> dict[str, object]:
    """A pipeline by itself, as a trigger answers with it too."""
    return {
        **_brief(request, pipeline),
        "user": {"id": 7, "username": "deployer", "state": "active"},
        "detailed_status": {"text": pipeline.status.capitalize(), "group": pipeline.status},
        "tag": False,
        "yaml_errors": None,
    }


def variables(pipeline: Pipeline) -> list[dict[str, str]]:
    """What it was given."""
    return [
        {"variable_type": "env_var", "key": key, "value": value, "raw": "false"}
        for key, value in pipeline.variables.items()
    ]


def listed(request: Request, pipelines: Sequence[Pipeline]) -> Response:
    """One page of *pipelines*, by ref, source, status and when they last changed; newest first unless asked."""
    ask = request.first
    found = [each for each in pipelines if _wanted(request, each)]
    if ask("order_by") == "updated_at":
        found.sort(key=lambda each: each.updated_at)
    if ask("sort", "desc") == "desc":
        found.reverse()
    size, page = min(100, int(ask("per_page", "20"))), int(ask("page", "1"))
    last = max(1, -(-len(found) // size))
    headers = {
        "X-Total": str(len(found)),
        "X-Total-Pages": str(last),
        "X-Page": str(page),
        "X-Per-Page": str(size),
        "X-Next-Page": str(page + 1) if page < last else "",
    }
    values = [_brief(request, each) for each in found[(page - 1) * size : page * size]]
    return Response.of_json(values, 200, {**headers, **_link(request, page, last)})


def _link(request: Request, page: int, last: int) -> Mapping[str, str]:
    if page >= last:
        return {}
    fixed = "".join(f"&{key}={value}" for key, many in request.query.items() if key != "page" for value in many)
    return {"Link": f'<{request.origin}{request.path}?page={page + 1}{fixed}>; rel="next"'}


def _wanted(request: Request, pipeline: Pipeline) -> bool:
    ask = request.first
    same = ask("ref") in ("", pipeline.ref) and ask("status") in ("", pipeline.status)
    after, before = _moment(ask("updated_after")), _moment(ask("updated_before"))
    in_time = (after is None or pipeline.updated_at >= after) and (before is None or pipeline.updated_at <= before)
    return same and ask("source") in ("", "trigger") and in_time


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _brief(request: Request, pipeline: Pipeline) -> dict[str, object]:
    project = pipeline.project
    return {
        "id": pipeline.id,
        "iid": pipeline.iid,
        "project_id": project.id,
        "sha": f"{pipeline.id:040x}",
        "ref": pipeline.ref,
        "status": pipeline.status,
        "source": "trigger",
        "created_at": _shown(pipeline.created_at),
        "updated_at": _shown(pipeline.updated_at),
        "web_url": f"{request.origin}/{project.path}/-/pipelines/{pipeline.id}",
    }


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
