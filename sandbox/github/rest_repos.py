"""The repository over REST: itself, its branches, commits, checks, rules; and who asks."""

from __future__ import annotations

from typing import Any

from sandbox.github import shapes, shapes_git, shapes_pulls
from sandbox.github.calls import Call, Refused, Routes, paged
from sandbox.github.git import GitObject
from sandbox.http import Response


def get(call: Call) -> Response:
    """The repository and its settings."""
    return Response.of_json(shapes.full_repository(call))


def branches(call: Call) -> Response:
    """All branches."""
    found = call.repository.git.refs("refs/heads")
    return paged(
        call,
        [
            {
                "name": name.removeprefix("refs/heads/"),
                "commit": {"sha": oid, "url": f"{call.root}/commits/{oid}"},
                "protected": _protected(call),
            }
            for name, oid in found.items()
        ],
    )


def branch(call: Call) -> Response:
    """One branch with its newest commit."""
    name = call.parts["branch"]
    oid = call.repository.tip(name)
    if not oid:
        raise Refused(404, "Branch not found")
    url = f"{call.root}/branches/{name}"
    checks = {"enforcement_level": "everyone", "contexts": call.repository.settings.required_checks, "checks": []}
    return Response.of_json(
        {
            "name": name,
            "commit": shapes_git.commit(call, call.repository.git.commit(oid)),
            "_links": {"self": url, "html": f"{call.page}/tree/{name}"},
            "protected": _protected(call),
            "protection": {"enabled": _protected(call), "required_status_checks": checks},
            "protection_url": f"{url}/protection",
        }
    )


def commits(call: Call) -> Response:
    """The history of a branch or commit, perhaps of one path only."""
    ask = call.request.first
    start = call.repository.git.resolve(ask("sha") or call.repository.default_branch)
    if not start:
        raise Refused(404, "Not Found")
    below = ["--", ask("path")] if ask("path") else []
    found = call.repository.git.objects(call.repository.git("rev-list", start, *below).split())
    return paged(call, [shapes_git.commit(call, each) for each in found.values()])


def commit(call: Call) -> Response:
    """One commit with the files that it changes."""
    found = _commit(call)
    since = found.parents[0] if found.parents else call.repository.git.write("tree", b"")
    changed = shapes_pulls.files(call, since, found.oid)
    lines = {name: sum(each[name] for each in changed) for name in ("additions", "deletions")}
    stats = {**lines, "total": sum(lines.values())}
    return Response.of_json({**shapes_git.commit(call, found), "stats": stats, "files": changed})


def compare(call: Call) -> Response:
    """Two commits, from their merge base."""
    git = call.repository.git
    first, _, second = call.parts["basehead"].partition("...")
    base, head = git.resolve(first), git.resolve(second.rpartition(":")[2])
    middle = git("merge-base", base, head).strip() if base and head else ""
    if not middle:
        raise Refused(404, "Not Found")
    ahead, behind = git.count(base, head), git.count(head, base)
    found = git.objects(git("rev-list", "--reverse", f"{base}..{head}").split())
    page = f"{call.page}/compare/{call.parts['basehead']}"
    return Response.of_json(
        {
            "url": f"{call.root}/compare/{call.parts['basehead']}",
            **{f"{kind}url": f"{page}{end}" for kind, end in _ENDS.items()},
            "base_commit": shapes_git.commit(call, git.commit(base)),
            "merge_base_commit": shapes_git.commit(call, git.commit(middle)),
            "status": _relation(ahead, behind),
            "ahead_by": ahead,
            "behind_by": behind,
            "total_commits": ahead,
            "commits": [shapes_git.commit(call, each) for each in found.values()],
            "files": shapes_pulls.files(call, middle, head)[:300],
        }
    )


def check_runs(call: Call) -> Response:
    """The check runs of a commit."""
    oid = _commit(call).oid
    runs = call.repository.checks.get(oid, {})
    found = [_run(call, oid, number, name, end) for number, (name, end) in enumerate(runs.items(), 1)]
    return Response.of_json({"total_count": len(found), "check_runs": found})


def status(call: Call) -> Response:
    """The combined commit status: nobody here writes any."""
    oid = _commit(call).oid
    return Response.of_json(
        {
            "state": "pending",
            "statuses": [],
            "sha": oid,
            "total_count": 0,
            "repository": shapes.repository(call),
            "commit_url": f"{call.root}/commits/{oid}",
            "url": f"{call.root}/commits/{oid}/status",
        }
    )


def rules(call: Call) -> Response:
    """The rules that bind a branch."""
    settings = call.repository.settings
    if not settings.rulesets or call.parts["branch"] != call.repository.default_branch:
        return Response.of_json([])
    source = {"ruleset_source_type": "Repository", "ruleset_source": call.repository.name, "ruleset_id": 1}
    found: list[dict[str, Any]] = []
    if settings.required_checks:
        checks = [{"context": name} for name in settings.required_checks]
        parameters = {"strict_required_status_checks_policy": False, "required_status_checks": checks}
        found.append({"type": "required_status_checks", "parameters": parameters, **source})
    if settings.merge_queue:
        found.append({"type": "merge_queue", **source})
    return Response.of_json(found)


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


_ENDS = {"html_": "", "permalink_": "", "diff_": ".diff", "patch_": ".patch"}


def _relation(ahead: int, behind: int) -> str:
    if ahead and behind:
        return "diverged"
    return "ahead" if ahead else "behind" if behind else "identical"


def _commit(call: Call) -> GitObject:
    oid = call.repository.git.resolve(call.parts["ref"])
    if not oid:
        raise Refused(422, f"No commit found for SHA: {call.parts['ref']}")
    return call.repository.git.commit(oid)


def _protected(call: Call) -> bool:
    settings = call.repository.settings
    return bool(settings.required_checks or settings.required_reviews) and not settings.rulesets


def _run(call: Call, oid: str, number: int, name: str, conclusion: str) -> dict[str, Any]:
    url = f"{call.root}/check-runs/{number}"
    output = {**dict.fromkeys(("title", "summary", "text")), "annotations_count": 0}
    return {
        "id": number,
        "node_id": shapes.node("CR", call, number),
        "head_sha": oid,
        "name": name,
        "url": url,
        "html_url": f"{call.page}/runs/{number}",
        "details_url": f"{call.page}/runs/{number}",
        "status": "completed" if conclusion else "queued",
        "conclusion": conclusion or None,
        "started_at": call.repository.created_at,
        "completed_at": call.repository.created_at if conclusion else None,
        "external_id": "",
        "check_suite": {"id": 1},
        "output": {**output, "annotations_url": f"{url}/annotations"},
        "app": None,
        "pull_requests": [],
    }


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}": ("metadata:read", get),
    "GET /repos/{owner}/{repo}/branches": ("contents:read", branches),
    "GET /repos/{owner}/{repo}/branches/{branch}": ("contents:read", branch),
    "GET /repos/{owner}/{repo}/commits": ("contents:read", commits),
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": ("checks:read", check_runs),
    "GET /repos/{owner}/{repo}/commits/{ref}/status": ("statuses:read", status),
    "GET /repos/{owner}/{repo}/commits/{ref}": ("contents:read", commit),
    "GET /repos/{owner}/{repo}/compare/{basehead}": ("contents:read", compare),
    "GET /repos/{owner}/{repo}/rules/branches/{branch}": ("metadata:read", rules),
    "GET /user": ("", user),
    "GET /rate_limit": ("", rate_limit),
}
