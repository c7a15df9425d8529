"""What Actions may do in a repository, its environments, and the names of secrets and variables, over REST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    name = call.parts["environment_name"]
    if name not in _known(call):
        raise Refused(404, "Not Found")
    return _names(call, call.repository.environments.get(name, []))


def organisation_secrets(call: Call) -> Response:
    """The names of those of the organisation's secrets that the repository gets."""
    return _names(call, call.repository.shared_secrets)


def variable(call: Call) -> Response:
    """One variable of the repository."""
    return _one(call, call.repository.variables)


def environment_variable(call: Call) -> Response:
    """One variable of an environment."""
    return _one(call, call.repository.environment_variables.get(call.parts["environment_name"], {}))


def organisation_variables(call: Call) -> Response:
    """Those of the organisation's variables that the repository gets."""
    found = [_variable(call, name, value) for name, value in call.repository.shared_variables.items()]
    return _page(call, "variables", found, largest=30)


def environments(call: Call) -> Response:
    """The environments, those that a deployment has made among them."""
    found = [_environment(call, number, name) for number, name in enumerate(_known(call), 1)]
    return _page(call, "environments", found)


def environment(call: Call) -> Response:
    """One environment."""
    name, known = call.parts["environment_name"], _known(call)
    if name not in known:
        raise Refused(404, "Not Found")
    return Response.of_json(_environment(call, known.index(name) + 1, name))


def _known(call: Call) -> list[str]:
    repository = call.repository
    deployed = (each.environment for each in repository.deployments)
    return list(dict.fromkeys((*repository.environments, *repository.environment_variables, *deployed)))


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
    return _page(call, "secrets", [{"name": name, **dates} for name in names])


def _one(call: Call, variables: Mapping[str, str]) -> Response:
    name = call.parts["name"]
    if name not in variables:
        raise Refused(404, "Not Found")
    return Response.of_json(_variable(call, name, variables[name]))


def _variable(call: Call, name: str, value: str) -> shapes.Json:
    dates = dict.fromkeys(("created_at", "updated_at"), call.repository.created_at)
    return {"name": name, "value": value, **dates}


def _page(call: Call, key: str, values: Sequence[shapes.Json], largest: int = 100) -> Response:
    """One page below *key*, with the count of all."""
    size = min(largest, int(call.request.first("per_page") or 30))
    start = (max(1, int(call.request.first("page") or 1)) - 1) * size
    return Response.of_json({"total_count": len(values), key: list(values[start : start + size])})


ACTIONS = "/repos/{owner}/{repo}/actions"
ENVIRONMENTS = "/repos/{owner}/{repo}/environments"
ROUTES: Routes = {
    f"GET {ACTIONS}/permissions": ("administration:read", permissions),
    f"GET {ACTIONS}/permissions/workflow": ("administration:read", workflow_permissions),
    f"GET {ACTIONS}/secrets": ("secrets:read", secrets),
    f"GET {ACTIONS}/organization-secrets": ("secrets:read", organisation_secrets),
    f"GET {ACTIONS}/organization-variables": ("variables:read", organisation_variables),
    f"GET {ACTIONS}/variables/{{name}}": ("variables:read", variable),
    f"GET {ENVIRONMENTS}": ("actions:read", environments),
    f"GET {ENVIRONMENTS}/{{environment_name}}": ("actions:read", environment),
    f"GET {ENVIRONMENTS}/{{environment_name}}/variables/{{name}}": ("environments:read", environment_variable),
    f"GET {ENVIRONMENTS}/{{environment_name}}/secrets": ("environments:read", environment_secrets),
}
