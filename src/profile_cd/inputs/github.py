"""Where a run happens, as the runner and the event's payload say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from profile_cd.errors import CannotStart
from profile_cd.neutral import quoted

API_URL, SERVER_URL = "https://api.github.com", "https://github.com"
REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
"""Owner and name, of those letters alone that GitHub takes: they become part of an address."""


@dataclass(frozen=True, slots=True)
class GitHubContext:
    """Where this run happens. *ref* is the full name of the branch or tag that it runs for.

    *default_branch* is empty where the event does not name it; *pushed* is the message of the commit that was pushed.
    """

    repository: str
    api_url: str
    server_url: str
    event_name: str
    actor: str
    run_id: str
    ref: str
    default_branch: str = ""
    before: str = ""
    after: str = ""
    pushed: str = ""

    @property
    def run_url(self) -> str:
        """The page of this run."""
        return f"{self.server_url}/{self.repository}/actions/runs/{self.run_id}"

    @property
    def commits(self) -> str:
        """What the address of a commit starts with."""
        return f"{self.server_url}/{self.repository}/commit/"

    def files(self, commit: str) -> str:
        """What the address of a file starts with, as it is in *commit*."""
        return f"{self.server_url}/{self.repository}/blob/{commit}/"

    @property
    def pushed_commits(self) -> tuple[str, ...]:
        """The commits before and after the push that started this run; empty where none did, or it removed a branch."""
        return (self.before, self.after) if self.after.strip("0") else ()


def api_url(environment: Mapping[str, str]) -> str:
    """Where GitHub's interface lies. Raises CannotStart for what is no address."""
    url = environment.get("GITHUB_API_URL") or API_URL
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise CannotStart(
            f"GITHUB_API_URL is {quoted(url)}, which is no address.", now=f"Write it like {API_URL}, or leave it out."
        )
    return url


def context(environment: Mapping[str, str], event: Mapping[str, object]) -> GitHubContext:
    """The context of one run of the action. Raises CannotStart outside GitHub Actions, and for an unsafe event."""
    repository = environment.get("GITHUB_REPOSITORY", "")
    if repository.count("/") != 1:
        raise CannotStart(
            "GITHUB_REPOSITORY is not set, so this is not a run of GitHub Actions.",
            now="Use one of the commands instead: `profile-cd plan`, `apply` or `validate`.",
        )
    event_name = environment.get("GITHUB_EVENT_NAME", "")
    if event_name == "pull_request_target":
        raise CannotStart(
            "The event pull_request_target is refused: it hands secrets to code that anyone may propose.",
            now="Use push, schedule, workflow_dispatch or repository_dispatch.",
        )
    head = event.get("head_commit")
    described = event.get("repository")
    default = described.get("default_branch") if isinstance(described, dict) else None
    return GitHubContext(
        repository=repository,
        api_url=api_url(environment),
        server_url=environment.get("GITHUB_SERVER_URL") or SERVER_URL,
        event_name=event_name,
        actor=environment.get("GITHUB_ACTOR", ""),
        run_id=environment.get("GITHUB_RUN_ID", ""),
        ref=environment.get("GITHUB_REF", ""),
        default_branch=default if isinstance(default, str) else "",
        before=str(event.get("before") or "") if event_name == "push" else "",
        after=str(event.get("after") or "") if event_name == "push" else "",
        pushed=str(head.get("message") or "") if isinstance(head, dict) and event_name == "push" else "",
    )
