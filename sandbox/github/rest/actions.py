"""What Actions may do in a repository, and the names of its secrets and environments, over REST."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.github.calls import Call, Routes
from sandbox.github.refusals import Refused
from sandbox.github.rest import shapes
from sandbox.net import Response


def permissions(call: Call) -> Response:
    """Whether Actions are on, and which."""
    return Response.of_json({"enabled": call.repository.settings.actions_enabled, "allowed_actions": "all"})


def workflow_permissions(call: Call) -> Response:
    """What the workflows' own token may do unless a workflow says otherwise."""
    may = call.repository.settings.actions_can_create_prs
    return Response.of_json({"default_workflow_permissions": "read", "can_approve_pull_request_reviews": may})


def secrets(call: Call) -> Response:
    """The names of the repository's secrets."""
    return _names(call, call.repository.secrets)


def environment_secrets(call: Call) -> Response:
    """The names of an environment's secrets."""
    found = call.repository.environments.get(call.parts["environment_name"])
    if found is None:
        raise Refused(404, "Not Found")
    return _names(call, found)


def environments(call: Call) -> Response:
    """The environments, those that a deployment has made among them."""
    deployed = (each.environment for each in call.repository.deployments)
    names = list(dict.fromkeys((*call.repository.environments, *deployed)))
    found = [_environment(call, number, name) for number, name in enumerate(names, 1)]
    return Response.of_json({"total_count": len(found), "environments": found})


def _environment(call: Call, number: int, name: str) -> shapes.Json:
    return {
        "id": number,
        "node_id": shapes.node("EN", call, number),
        "name": name,
        "url": f"{call.root}/environments/{name}",
        "html_url": f"{call.page}/deployments/activity_log?environments_filter={name}",
        "created_at": call.repository.created_at,
        "updated_at": call.repository.created_at,
        "protection_rules": [],
        "deployment_branch_policy": None,
    }


def _names(call: Call, names: Sequence[str]) -> Response:
    dates = dict.fromkeys(("created_at", "updated_at"), call.repository.created_at)
    return Response.of_json({"total_count": len(names), "secrets": [{"name": name, **dates} for name in names]})


ACTIONS = "/repos/{owner}/{repo}/actions"
ENVIRONMENTS = "/repos/{owner}/{repo}/environments"
ROUTES: Routes = {
    f"GET {ACTIONS}/permissions": ("administration:read", permissions),
    f"GET {ACTIONS}/permissions/workflow": ("administration:read", workflow_permissions),
    f"GET {ACTIONS}/secrets": ("secrets:read", secrets),
    f"GET {ENVIRONMENTS}": ("actions:read", environments),
    f"GET {ENVIRONMENTS}/{{environment_name}}/secrets": ("environments:read", environment_secrets),
}
