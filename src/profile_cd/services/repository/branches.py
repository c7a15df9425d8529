"""Branches of ours with their pull requests, as GitHub answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from profile_cd.proposal import marks


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One pull request from a branch of ours. *foreign* names commits on it that are not ours.

    *base* is the head of the base branch when it was opened, where that is known. *closer* is the login of who closed
    it last, empty where nobody did or the account is gone; *closed_by_app* says that this was no person's account.
    """

    id: str
    number: int
    url: str
    title: str
    body: str
    state: str
    head: str
    armed: bool = False
    foreign: tuple[str, ...] = ()
    base: str = ""
    merge_sha: str = ""
    closer: str = ""
    closed_by_app: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of ours: its head, tree and parent, empty where there is none; its pull requests, newest first.

    *foreign_head* says that its newest commit is not ours.
    """

    name: str
    head: str = ""
    tree: str = ""
    parent: str = ""
    foreign_head: bool = False
    pull_requests: tuple[PullRequest, ...] = ()

    @property
    def open(self) -> PullRequest | None:
        """The open pull request, if there is one."""
        return next((each for each in self.pull_requests if each.state == "OPEN"), None)

    @property
    def foreign(self) -> str:
        """A commit on it that a person would miss, empty where there is none: it must not be overwritten."""
        if self.open is not None:
            return next(iter(self.open.foreign), "")
        return self.head if self.foreign_head else ""


def made(node: dict[str, Any], title: str, body: str) -> PullRequest:
    """The pull request that GitHub says it has made, from its REST answer."""
    head, base = node["head"]["sha"], node["base"]["sha"]
    return PullRequest(node["node_id"], node["number"], node["html_url"], title, body, "OPEN", head, base=base)


def branch(name: str, ref: dict[str, Any] | None, nodes: Sequence[dict[str, Any]]) -> Branch:
    """A branch of ours from GitHub's GraphQL answers; pull requests from forks are not ours."""
    target = (ref or {}).get("target") or {}
    parents = (target.get("parents") or {}).get("nodes") or [{}]
    return Branch(
        name,
        target.get("oid", ""),
        (target.get("tree") or {}).get("oid", ""),
        parents[0].get("oid", ""),
        bool(target) and not marks.has_trailer(target["message"]),
        tuple(_pull_request(node) for node in nodes if not node["isCrossRepository"]),
    )


def _pull_request(node: dict[str, Any]) -> PullRequest:
    closings = [each.get("actor") or {} for each in node["timelineItems"]["nodes"]]
    closer = closings[-1] if closings else {}
    commits = [each["commit"] for each in node["commits"]["nodes"]]
    return PullRequest(
        id=node["id"],
        number=node["number"],
        url=node["url"],
        title=node["title"],
        body=node["body"],
        state=node["state"],
        head=node["headRefOid"],
        armed=bool(node["autoMergeRequest"]),
        merge_sha=(node["mergeCommit"] or {}).get("oid", ""),
        foreign=tuple(each["oid"] for each in commits if not marks.has_trailer(each["message"])),
        closer=closer.get("login", ""),
        closed_by_app=closer.get("__typename") == "Bot",
    )
