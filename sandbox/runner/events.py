"""The events on which a workflow runs: what each puts into the job's environment and into its event file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING = "0" * 40


@dataclass(frozen=True, slots=True)
class Event:
    """One event at *ref* (a full name) and *sha*; *payload* is the event file, as far as anybody reads it."""

    name: str
    ref: str
    sha: str
    payload: Mapping[str, object] = field(default_factory=dict)
    head_ref: str = ""
    base_ref: str = ""

    def variables(self) -> dict[str, str]:
        """The `GITHUB_*` variables that differ from event to event."""
        kind, _, short = self.ref.removeprefix("refs/").partition("/")
        return {
            "GITHUB_EVENT_NAME": self.name,
            "GITHUB_REF": self.ref,
            "GITHUB_REF_NAME": short,
            "GITHUB_REF_TYPE": "tag" if kind == "tags" else "branch",
            "GITHUB_SHA": self.sha,
            "GITHUB_HEAD_REF": self.head_ref,
            "GITHUB_BASE_REF": self.base_ref,
        }


def dispatch(ref: str, sha: str, inputs: Mapping[str, str] | None = None) -> Event:
    """Somebody started the workflow from the menu or by the API, at any branch or tag."""
    return Event("workflow_dispatch", ref, sha, {"ref": ref, "inputs": dict(inputs or {})})


def repository_dispatch(ref: str, sha: str, action: str, payload: Mapping[str, object] | None = None) -> Event:
    """An event from outside; it runs on the default branch."""
    said = {"action": action, "branch": ref.removeprefix("refs/heads/"), "client_payload": dict(payload or {})}
    return Event("repository_dispatch", ref, sha, said)


def schedule(ref: str, sha: str) -> Event:
    """The time has come; it runs on the default branch."""
    return Event("schedule", ref, sha, {"schedule": "17 0 * * *"})


def push(ref: str, sha: str, before: str = NOTHING, *, message: str = "", forced: bool = False) -> Event:
    """Somebody pushed a branch or a tag; *before* is what it pointed to. A push of a new one comes from nothing.

    *message* is the newest commit's. GitHub no longer lists the files of commits here.
    """
    said = {"ref": ref, "before": before or NOTHING, "after": sha, "created": before == NOTHING, "forced": forced}
    return Event("push", ref, sha, {**said, "deleted": False, "head_commit": {"id": sha, "message": message}})


def merge_group(base: str, base_sha: str, number: int, sha: str) -> Event:
    """The merge queue asks for checks of what it would merge."""
    ref = f"refs/heads/gh-readonly-queue/{base}/pr-{number}-{base_sha}"
    group = {"head_ref": ref, "head_sha": sha, "base_ref": f"refs/heads/{base}", "base_sha": base_sha}
    return Event("merge_group", ref, sha, {"action": "checks_requested", "merge_group": group})


def pull_request(number: int, head: tuple[str, str], base: tuple[str, str], head_repository: str) -> Event:
    """Somebody opened or pushed to a pull request; *head* and *base* are branch and commit.

    Its ref is the merge that GitHub tries, and for a fork the token may only read.
    """
    ends = {
        "head": {"ref": head[0], "sha": head[1], "repo": {"full_name": head_repository}},
        "base": {"ref": base[0], "sha": base[1]},
    }
    said = {"action": "synchronize", "number": number, "pull_request": {"number": number, **ends}}
    return Event("pull_request", f"refs/pull/{number}/merge", head[1], said, head_ref=head[0], base_ref=base[0])
