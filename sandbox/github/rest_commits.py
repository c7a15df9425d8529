"""Commits over REST: history, one commit, what differs between two, and the checks on them."""

from __future__ import annotations

from typing import Any

from sandbox.github import shapes, shapes_git, shapes_pulls
from sandbox.github.calls import Call, Refused, Routes, paged
from sandbox.github.objects import GitObject
from sandbox.http import Response


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
    "GET /repos/{owner}/{repo}/commits": ("contents:read", commits),
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": ("checks:read", check_runs),
    "GET /repos/{owner}/{repo}/commits/{ref}/status": ("statuses:read", status),
    "GET /repos/{owner}/{repo}/commits/{ref}": ("contents:read", commit),
    "GET /repos/{owner}/{repo}/compare/{basehead}": ("contents:read", compare),
}
