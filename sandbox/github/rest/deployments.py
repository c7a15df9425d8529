"""Deployments over REST."""

from __future__ import annotations

from sandbox.github import merge
from sandbox.github.calls import Call, Routes, paged
from sandbox.github.deployments import STATES, Deployment, Status, superseded
from sandbox.github.refusals import Refused, invalid
from sandbox.github.repository import CHECK
from sandbox.github.rest.shapes import Json, node, user
from sandbox.net import Response

MOST_DESCRIPTION = 140


def create(call: Call) -> Response:
    """A deployment; by default GitHub first merges the default branch into a ref that lacks some of it."""
    body, repository = call.body(), call.repository
    ref = str(body.get("ref") or "")
    sha = repository.git.resolve(ref)
    if not sha:
        raise Refused(422, f"No ref found for: {ref}")
    if body.get("auto_merge", True) and repository.tip(ref):
        merged = _caught_up(call, ref, sha)
        if merged:
            return merged
    _checks_passed(call, ref, sha, body.get("required_contexts"))
    environment = str(body.get("environment") or "production")
    made = Deployment(
        id=repository.next_id(),
        sha=sha,
        ref=ref,
        task=str(body.get("task") or "deploy"),
        environment=environment,
        creator=call.token.person,
        created_at=repository.now(),
        payload=body.get("payload") or {},
        description=body.get("description"),
        transient=bool(body.get("transient_environment")),
        production=bool(body.get("production_environment", environment == "production")),
    )
    repository.deployments.append(made)
    return Response.of_json(_shown(call, made), 201)


def listed(call: Call) -> Response:
    """Deployments, last created first."""
    ask = call.request.first
    wanted = {name: ask(name) for name in ("sha", "ref", "task", "environment") if ask(name) not in ("", "none")}
    found = [
        each
        for each in reversed(call.repository.deployments)
        if all(getattr(each, name) == value for name, value in wanted.items())
    ]
    return paged(call, [_shown(call, each) for each in found])


def get(call: Call) -> Response:
    """One deployment."""
    return Response.of_json(_shown(call, _deployment(call)))


def create_status(call: Call) -> Response:
    """Say what became of it; a success makes earlier ones inactive unless `auto_inactive` is false."""
    body, repository, deployment = call.body(), call.repository, _deployment(call)
    state, description = body.get("state"), str(body.get("description") or "")
    if state not in STATES:
        raise invalid("state is not included in the list", "DeploymentStatus", "state")
    if len(description) > MOST_DESCRIPTION:
        words = f"description is too long (maximum is {MOST_DESCRIPTION} characters)"
        raise invalid(words, "DeploymentStatus", "description")
    who, now = call.token.person, repository.now()
    links = str(body.get("log_url") or body.get("target_url") or ""), str(body.get("environment_url") or "")
    if state == "success" and body.get("auto_inactive", True):
        for each in superseded(repository.deployments, deployment):
            each.statuses.append(Status(repository.next_id(), "inactive", who, now))
    made = Status(repository.next_id(), state, who, now, description, *links)
    deployment.statuses.append(made)
    return Response.of_json(_status(call, deployment, made), 201)


def statuses(call: Call) -> Response:
    """What became of it, last first."""
    deployment = _deployment(call)
    return paged(call, [_status(call, deployment, each) for each in reversed(deployment.statuses)])


def _caught_up(call: Call, branch: str, sha: str) -> Response | None:
    """Merge the default branch into *branch*; None where there is nothing to merge."""
    repository = call.repository
    main = repository.tip(repository.default_branch)
    if repository.git.is_ancestor(main, sha):
        return None
    if not merge.catch_up(repository, branch, repository.default_branch, call.token.person):
        raise Refused(409, f"Conflict merging {repository.default_branch} into {branch}")
    words = f"Auto-merged {repository.default_branch} into {branch} on deployment."
    return Response.of_json({"message": words}, 202)


def _checks_passed(call: Call, ref: str, sha: str, contexts: list[str] | None) -> None:
    runs = call.repository.checks.get(sha, {})
    wanted = list(runs) if contexts is None else contexts
    unmet = [name for name in wanted if runs.get(name) not in CHECK]
    if unmet:
        errors = [{"contexts": [{"context": name, "state": runs.get(name) or "pending"} for name in unmet]}]
        raise Refused(409, f"Conflict: Commit status checks failed for {ref}.", errors)


def _deployment(call: Call) -> Deployment:
    found = [each for each in call.repository.deployments if str(each.id) == call.parts["deployment_id"]]
    if not found:
        raise Refused(404, "Not Found")
    return found[0]


def _shown(call: Call, found: Deployment) -> Json:
    url = f"{call.root}/deployments/{found.id}"
    return {
        "url": url,
        "id": found.id,
        "node_id": node("DE", call, found.id),
        "sha": found.sha,
        "ref": found.ref,
        "task": found.task,
        "payload": found.payload,
        "original_environment": found.environment,
        "environment": found.environment,
        "description": found.description,
        "creator": user(call, found.creator),
        "created_at": found.created_at,
        "updated_at": found.updated_at,
        "statuses_url": f"{url}/statuses",
        "repository_url": call.root,
        "transient_environment": found.transient,
        "production_environment": found.production,
    }


def _status(call: Call, deployment: Deployment, found: Status) -> Json:
    url = f"{call.root}/deployments/{deployment.id}"
    return {
        "url": f"{url}/statuses/{found.id}",
        "id": found.id,
        "node_id": node("DES", call, found.id),
        "state": found.state,
        "creator": user(call, found.creator),
        "description": found.description,
        "environment": deployment.environment,
        "target_url": found.log_url,
        "log_url": found.log_url,
        "environment_url": found.environment_url,
        "created_at": found.at,
        "updated_at": found.at,
        "deployment_url": url,
        "repository_url": call.root,
    }


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}/deployments": ("deployments:read", listed),
    "POST /repos/{owner}/{repo}/deployments": ("deployments:write", create),
    "GET /repos/{owner}/{repo}/deployments/{deployment_id}": ("deployments:read", get),
    "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": ("deployments:read", statuses),
    "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": ("deployments:write", create_status),
}
