"""The repository over REST: itself and its branches; and who asks."""

from __future__ import annotations

from sandbox.github.calls import Call, Routes
from sandbox.github.refusals import Refused
from sandbox.github.rest import shapes, shapes_git
from sandbox.github.rest.protection import protected
from sandbox.net import Response


def get(call: Call) -> Response:
    """The repository and its settings."""
    return Response.of_json(shapes.full_repository(call))


def branch(call: Call) -> Response:
    """One branch with its newest commit."""
    name = call.parts["branch"]
    oid = call.repository.tip(name)
    if not oid:
        raise Refused(404, "Branch not found")
    url = f"{call.root}/branches/{name}"
    # Of classic protection alone: what rulesets require stands elsewhere.
    required = [] if call.repository.settings.rulesets else call.repository.settings.required_checks
    checks = {"enforcement_level": "everyone", "contexts": required, "checks": []}
    return Response.of_json(
        {
            "name": name,
            "commit": shapes_git.commit(call, call.repository.git.commit(oid)),
            "_links": {"self": url, "html": f"{call.page}/tree/{name}"},
            "protected": protected(call.repository.settings),
            "protection": {"enabled": protected(call.repository.settings), "required_status_checks": checks},
            "protection_url": f"{url}/protection",
        }
    )


def user(call: Call) -> Response:
    """Who the token belongs to; the workflow's own has no user."""
    if call.token.kind in ("actions", "app"):
        raise Refused(403, "Resource not accessible by integration")
    if call.token.kind == "anonymous":
        raise Refused(401, "Requires authentication")
    texts = {
        "blog": "",
        "user_view_type": "public",
        **dict.fromkeys(("bio", "company", "email", "hireable", "location")),
    }
    counts = dict.fromkeys(("followers", "following", "public_gists", "public_repos"), 0)
    dates = dict.fromkeys(("created_at", "updated_at"), "2020-01-01T00:00:00Z")
    who = shapes.user(call, call.token.person)
    return Response.of_json({**who, "name": call.token.person.name, **texts, **counts, **dates})


def rate_limit(call: Call) -> Response:
    """How many requests are left."""
    said = {
        name.lower().removeprefix("x-ratelimit-"): value for name, value in call.state.limits.headers("core").items()
    }
    rate = {name: int(said[name]) for name in ("limit", "remaining", "used", "reset")}
    resources = dict.fromkeys(("core", "search", "graphql"), rate)
    return Response.of_json({"resources": resources, "rate": rate})


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}": ("metadata:read", get),
    "GET /repos/{owner}/{repo}/branches/{branch}": ("contents:read", branch),
    "GET /user": ("", user),
    "GET /rate_limit": ("", rate_limit),
}
