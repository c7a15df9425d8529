"""Workflows that are started from outside: the sandbox writes down what was asked for, and shows it as queued runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.github import workflows
from sandbox.github.calls import Call, Routes
from sandbox.github.refusals import Refused
from sandbox.github.rest import shapes
from sandbox.github.state import Dispatch
from sandbox.net import Response

MOST_PROPERTIES = 10
MOST_CHARACTERS = 65_535
FIRST_RUN = 7_000_000_001
DETAILS_SINCE = "2026-03-10"
"""From this version of the API on, a dispatch answers with its run without being asked to."""


def workflow(call: Call) -> Response:
    """`workflow_dispatch` of one workflow at a ref; its file must be on the default branch, and at that ref."""
    body, name, repository = call.body(), call.parts["workflow_id"], call.repository
    ref, inputs = str(body.get("ref") or ""), body.get("inputs") or {}
    if not ref:
        raise Refused(422, 'Invalid request.\n\n"ref" wasn\'t supplied.')
    if workflows.file(repository, name, repository.default_branch) is None:
        raise Refused(404, "Not Found")
    if not repository.git.resolve(ref.removeprefix("refs/heads/").removeprefix("refs/tags/")):
        raise Refused(422, f"No ref found for: {ref}")
    event = workflows.starts_on(workflows.file(repository, name, ref) or {}, "workflow_dispatch")
    if event is None:
        raise Refused(422, "Workflow does not have 'workflow_dispatch' trigger")
    workflows.check_inputs(event, inputs)
    _not_too_long(inputs)
    run = _write_down(call, Dispatch(repository.name, name, inputs, ref))
    details = body.get("return_run_details") or call.request.headers.get("x-github-api-version", "") >= DETAILS_SINCE
    if not details:
        return Response(204)
    return Response.of_json({"workflow_run_id": run.id, "run_url": _url(call, run), "html_url": _page(call, run)})


def repository(call: Call) -> Response:
    """`repository_dispatch` of an event."""
    body = call.body()
    event, payload = str(body.get("event_type") or ""), body.get("client_payload") or {}
    if not 0 < len(event) <= 100:
        raise Refused(422, 'Invalid request.\n\n"event_type" wasn\'t supplied or is too long.')
    if len(payload) > MOST_PROPERTIES:
        raise Refused(
            422,
            f"Invalid request.\n\nNo more than {MOST_PROPERTIES} properties are allowed; {len(payload)} were supplied.",
        )
    _not_too_long(payload)
    _write_down(call, Dispatch(call.repository.name, event, payload))
    return Response(204)


def runs(call: Call) -> Response:
    """The runs of one workflow, last started first, by event, branch and actor."""
    ask, name = call.request.first, call.parts["workflow_id"]
    if workflows.file(call.repository, name, call.repository.default_branch) is None:
        raise Refused(404, "Not Found")
    found = [
        each
        for each in reversed(call.state.dispatches)
        if each.repository == call.repository.name
        and each.what == name
        and ask("event") in ("", each.event)
        and ask("branch") in ("", each.ref)
        and ask("actor") in ("", each.actor)
        and each.at >= ask("created").removeprefix(">").removeprefix("=")
    ]
    size = int(ask("per_page", "30"))
    return Response.of_json({"total_count": len(found), "workflow_runs": [_run(call, each) for each in found[:size]]})


def _write_down(call: Call, asked: Dispatch) -> Dispatch:
    number = FIRST_RUN + len(call.state.dispatches)
    run = replace(asked, id=number, at=call.repository.now(), actor=call.token.person.login)
    call.state.dispatches.append(run)
    return run


def _not_too_long(payload: Mapping[str, Any]) -> None:
    if len(json.dumps(payload)) > MOST_CHARACTERS:
        raise Refused(422, "client_payload is too large.")


def _url(call: Call, run: Dispatch) -> str:
    return f"{call.root}/actions/runs/{run.id}"


def _page(call: Call, run: Dispatch) -> str:
    return f"{call.page}/actions/runs/{run.id}"


def _run(call: Call, run: Dispatch) -> shapes.Json:
    url, repository = _url(call, run), call.repository
    commit = repository.git.commit(repository.git.resolve(run.ref))
    signature, whole = commit.signature("author"), shapes.repository(call)
    who = {"name": signature.name, "email": signature.email}
    head = {"id": commit.oid, "tree_id": commit.tree, "message": commit.message, "timestamp": signature.date}
    numbers = {"run_number": run.id - FIRST_RUN + 1, "run_attempt": 1, "workflow_id": 1, "check_suite_id": run.id}
    ends = {"jobs": "jobs", "logs": "logs", "artifacts": "artifacts", "cancel": "cancel", "rerun": "rerun"}
    return {
        "id": run.id,
        "node_id": shapes.node("WFR", call, run.id),
        "name": run.what,
        "display_title": run.what,
        "head_branch": run.ref,
        "head_sha": commit.oid,
        "path": f"{workflows.FOLDER}/{run.what}",
        **numbers,
        "event": run.event,
        "status": "queued",
        "conclusion": None,
        "url": url,
        "html_url": _page(call, run),
        **{f"{name}_url": f"{url}/{end}" for name, end in ends.items()},
        "check_suite_url": f"{call.root}/check-suites/{run.id}",
        "workflow_url": f"{call.root}/actions/workflows/1",
        "pull_requests": [],
        "created_at": run.at,
        "updated_at": run.at,
        "actor": shapes.user(call, run.actor),
        "head_commit": {**head, "author": who, "committer": who},
        "repository": whole,
        "head_repository": whole,
    }


WORKFLOW = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}"
ROUTES: Routes = {
    f"POST {WORKFLOW}/dispatches": ("actions:write", workflow),
    f"GET {WORKFLOW}/runs": ("actions:read", runs),
    "POST /repos/{owner}/{repo}/dispatches": ("contents:write", repository),
}
