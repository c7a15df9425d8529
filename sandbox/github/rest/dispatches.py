"""Workflows that are started from outside: the sandbox only writes down what was asked for."""

from __future__ import annotations

import json

from sandbox.github.calls import Call, Routes
from sandbox.github.refusals import Refused
from sandbox.github.state import Dispatch
from sandbox.net import Response

MOST_INPUTS = 25
MOST_PROPERTIES = 10
MOST_CHARACTERS = 65_535


def workflow(call: Call) -> Response:
    """`workflow_dispatch` of one workflow at a ref."""
    body, name = call.body(), call.parts["workflow_id"]
    ref, inputs = str(body.get("ref") or ""), body.get("inputs") or {}
    if not ref:
        raise Refused(422, 'Invalid request.\n\n"ref" wasn\'t supplied.')
    if len(inputs) > MOST_INPUTS:
        raise Refused(422, f"Invalid request.\n\nNo more than {MOST_INPUTS} properties are allowed.")
    if not call.repository.git.resolve(ref):
        raise Refused(422, f"No ref found for: {ref}")
    _not_too_long(inputs)
    call.state.dispatches.append(Dispatch(call.repository.name, name, inputs, ref))
    return Response(204)


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
    call.state.dispatches.append(Dispatch(call.repository.name, event, payload))
    return Response(204)


def _not_too_long(payload: object) -> None:
    if len(json.dumps(payload)) > MOST_CHARACTERS:
        raise Refused(422, "client_payload is too large.")


ROUTES: Routes = {
    "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches": ("actions:write", workflow),
    "POST /repos/{owner}/{repo}/dispatches": ("contents:write", repository),
}
