"""Pull requests and what hangs on them, as GitHub's REST interface describes them."""

from __future__ import annotations

from sandbox.github import rules
from sandbox.github.calls import Call
from sandbox.github.pulls import Comment, Label, PullRequest
from sandbox.github.rest.shapes import Json, fork, node, repository, user

STATUS = {"A": "added", "D": "removed", "M": "modified", "T": "changed"}


def simple(call: Call, pull: PullRequest) -> Json:
    """A pull request in a list."""
    urls = _urls(call, pull)
    url, page = urls.pop("self_url"), urls["html_url"]
    links = {name.removesuffix("_url"): {"href": value} for name, value in urls.items()}
    assignees = [user(call, login) for login in pull.assignees]
    return {
        "url": url,
        "id": call.repository.number * 1000 + pull.number,
        "node_id": node("PR", call, pull.number),
        **urls,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "body": pull.body or None,
        "draft": pull.draft,
        "user": user(call, pull.user),
        "labels": [label(call, call.repository.labels[name]) for name in pull.labels],
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "requested_reviewers": [user(call, login) for login in pull.reviewers],
        "requested_teams": [team(call, slug) for slug in pull.teams],
        "milestone": None,
        "created_at": pull.created_at,
        "updated_at": pull.updated_at or pull.created_at,
        "closed_at": pull.closed_at or None,
        "merged_at": pull.merged_at or None,
        "merge_commit_sha": pull.merge_sha or None,
        "head": _end(call, pull.head, pull.head_sha, pull.fork_owner if pull.fork else ""),
        "base": _end(call, pull.base, pull.base_sha),
        "_links": {**links, "self": {"href": url}},
        "author_association": "CONTRIBUTOR",
        "auto_merge": _auto_merge(call, pull),
    }


def full(call: Call, pull: PullRequest) -> Json:
    """A pull request by itself, with what GitHub has to work out."""
    known = rules.is_known(call.repository, pull)
    state = rules.state(call.repository, pull) if known and pull.state == "open" else "unknown"
    since = call.repository.git("merge-base", pull.base_sha, pull.head_sha).strip()
    changed = files(call, since, pull.head_sha)
    return {
        **simple(call, pull),
        "merged": pull.merged,
        "mergeable": None if state == "unknown" else state != "dirty",
        "mergeable_state": state,
        "merged_by": user(call, pull.merged_by) if pull.merged_by else None,
        "comments": len(pull.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": call.repository.git.count(since, pull.head_sha),
        "additions": sum(each["additions"] for each in changed),
        "deletions": sum(each["deletions"] for each in changed),
        "changed_files": len(changed),
    }


def files(call: Call, since: str, until: str) -> list[Json]:
    """The files that differ between two commits."""
    git = call.repository.git
    kinds = git("diff-tree", "-r", "--no-renames", "--name-status", "-z", since, until).split("\0")[:-1]
    counts = git("diff-tree", "-r", "--no-renames", "--numstat", "-z", since, until).split("\0")[:-1]
    blobs = git("diff-tree", "-r", "--no-renames", "-z", since, until).split("\0")[:-1:2]
    return [
        _file(call, until, kind, blob.split()[3], count)
        for kind, blob, count in zip(kinds[::2], blobs, counts, strict=True)
    ]


def label(call: Call, found: Label) -> Json:
    """A label."""
    return {
        "id": found.id,
        "node_id": node("LA", call, found.id),
        "url": f"{call.root}/labels/{found.name}",
        "name": found.name,
        "description": found.description,
        "color": found.color,
        "default": False,
    }


def comment(call: Call, pull: PullRequest, found: Comment) -> Json:
    """A comment."""
    return {
        "id": found.id,
        "node_id": node("IC", call, found.id),
        "url": f"{call.root}/issues/comments/{found.id}",
        "html_url": f"{call.page}/pull/{pull.number}#issuecomment-{found.id}",
        "issue_url": f"{call.root}/issues/{pull.number}",
        "user": user(call, found.user),
        "created_at": found.at,
        "updated_at": found.updated_at or found.at,
        "body": found.body,
        "author_association": "CONTRIBUTOR",
    }


def team(call: Call, slug: str) -> Json:
    """A team of the owner."""
    url = f"{call.api}/organizations/1/team/{slug}"
    return {
        "id": 1,
        "node_id": f"T_{slug}",
        "url": url,
        "members_url": f"{url}/members{{/member}}",
        "repositories_url": f"{url}/repos",
        "html_url": f"{call.web}/orgs/{call.repository.owner}/teams/{slug}",
        "name": slug,
        "slug": slug,
        "description": None,
        "permission": "push",
        "privacy": "closed",
        "type": "organization",
        "organization_id": 1,
        "parent": None,
    }


def _urls(call: Call, pull: PullRequest) -> dict[str, str]:
    url, issue = f"{call.root}/pulls/{pull.number}", f"{call.root}/issues/{pull.number}"
    return {
        "self_url": url,
        "comments_url": f"{issue}/comments",
        "commits_url": f"{url}/commits",
        "review_comments_url": f"{url}/comments",
        "review_comment_url": f"{call.root}/pulls/comments{{/number}}",
        "statuses_url": f"{call.root}/statuses/{pull.head_sha}",
        "issue_url": issue,
        "html_url": f"{call.page}/pull/{pull.number}",
    }


def _end(call: Call, branch: str, sha: str, fork_owner: str = "") -> Json:
    repo = fork(call, fork_owner) if fork_owner else repository(call)
    return {
        "label": f"{fork_owner or call.repository.owner}:{branch}",
        "ref": branch,
        "sha": sha,
        "user": repo["owner"],
        "repo": repo,
    }


def _auto_merge(call: Call, pull: PullRequest) -> Json | None:
    armed = pull.auto_merge
    if armed is None:
        return None
    return {
        "enabled_by": user(call, armed.by),
        "merge_method": armed.method,
        "commit_title": armed.title or "",
        "commit_message": armed.message or "",
    }


def _file(call: Call, until: str, kind: str, oid: str, count: str) -> Json:
    added, removed, path = count.split("\t")
    more, less = (int(number) if number.isdigit() else 0 for number in (added, removed))
    return {
        "sha": oid if oid.strip("0") else None,
        "filename": path,
        "status": STATUS[kind],
        "additions": more,
        "deletions": less,
        "changes": more + less,
        "blob_url": f"{call.page}/blob/{until}/{path}",
        "raw_url": f"{call.page}/raw/{until}/{path}",
        "contents_url": f"{call.root}/contents/{path}?ref={until}",
    }
