"""People and repositories as GitHub's REST interface describes them, complete enough for its own schema."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.github.calls import Call
from sandbox.github.people import Person
from sandbox.github.repository import Repository

Json = dict[str, Any]

# fmt: off
USER_URLS = [
    "avatar", "events", "followers", "following", "gists", "organizations", "received_events", "repos", "starred",
    "subscriptions",
]
REPOSITORY_URLS = [
    "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents",
    "contributors", "deployments", "downloads", "events", "forks", "hooks", "issue_comment", "issue_events",
    "issues", "keys", "labels", "languages", "merges", "milestones", "notifications", "pulls", "releases",
    "stargazers", "statuses", "subscribers", "subscription", "tags", "teams",
]
# fmt: on
COUNTS = [
    "forks",
    "forks_count",
    "open_issues",
    "open_issues_count",
    "size",
    "stargazers_count",
    "watchers",
    "watchers_count",
]


def node(kind: str, call: Call, name: object) -> str:
    """A node id of the sandbox."""
    return f"{kind}_{call.repository.number}_{name}"


def user(call: Call, person: Person | str) -> Json:
    """A person, or one known by login alone."""
    who = person if isinstance(person, Person) else Person(person, "", person)
    login = who.login or who.name
    url = f"{call.api}/users/{login}"
    return {
        "login": login,
        "id": who.number,
        "node_id": f"U_{who.number}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{call.web}/{login.replace('[bot]', '')}",
        **{f"{name}_url": f"{url}/{name}" for name in USER_URLS},
        "type": "Bot" if who.is_bot else "User",
        "site_admin": False,
    }


def repository(call: Call, repo: Repository | None = None) -> Json:
    """A repository, by default that of the call."""
    repo = repo or call.repository
    url, page = f"{call.api}/repos/{repo.name}", f"{call.web}/{repo.name}"
    return {
        "id": repo.number,
        "node_id": f"R_{repo.number}",
        "name": repo.name.partition("/")[2],
        "full_name": repo.name,
        "owner": {**user(call, Person(repo.owner, "", repo.owner)), "type": repo.owner_kind},
        "private": repo.private,
        "visibility": "private" if repo.private else "public",
        "description": repo.description,
        "fork": False,
        "url": url,
        "html_url": page,
        **{f"{name}_url": f"{url}/{name}" for name in REPOSITORY_URLS},
        "git_commits_url": f"{url}/git/commits{{/sha}}",
        "git_refs_url": f"{url}/git/refs{{/sha}}",
        "git_tags_url": f"{url}/git/tags{{/sha}}",
        "trees_url": f"{url}/git/trees{{/sha}}",
        "clone_url": f"{page}.git",
        "git_url": f"git://github.com/{repo.name}.git",
        "ssh_url": f"git@github.com:{repo.name}.git",
        "svn_url": page,
        "mirror_url": None,
        "default_branch": repo.default_branch,
        **dict.fromkeys(COUNTS, 0),
        "has_issues": True,
        **dict.fromkeys(("has_downloads", "has_projects", "has_wiki", "has_pages", "has_discussions"), False),
        **dict.fromkeys(("homepage", "language", "license"), None),
        "archived": False,
        "disabled": False,
        **dict.fromkeys(("created_at", "pushed_at", "updated_at"), repo.created_at),
    }


def fork(call: Call, owner: str) -> Json:
    """The copy of the call's repository that belongs to *owner*."""
    name = f"{owner}/{call.repository.name.partition('/')[2]}"
    number = call.repository.number + 500_000
    # Everything of it is in the same store, as on GitHub; only its names are others.
    whole = repository(call, replace(call.repository, name=name, number=number))
    return {**whole, "fork": True}


def full_repository(call: Call) -> Json:
    """The repository of the call with its settings, as one asks for it alone."""
    settings = call.repository.settings
    person = call.token.kind == "personal"
    level = "write" if call.token.may("contents:write") else "read"
    return {
        **repository(call),
        "network_count": 0,
        "subscribers_count": 0,
        "allow_merge_commit": settings.allow_merge_commit,
        "allow_squash_merge": settings.allow_squash_merge,
        "allow_rebase_merge": settings.allow_rebase_merge,
        "allow_auto_merge": settings.allow_auto_merge,
        "delete_branch_on_merge": settings.delete_branch_on_merge,
        # An App's token, the workflow's own among them, has no role, whatever it may do.
        "permissions": {"admin": False, "push": person and level == "write", "pull": True},
    }
