"""Branches and pull requests of ours, as GitHub's answers describe them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from profile_cd.proposal import Found, Proposed, PullRequest, Ref, lane_of, marks

Node = Mapping[str, Any]


def opened(node: Node, title: str, body: str) -> PullRequest:
    """The pull request that GitHub says it has made, from its REST answer."""
    head, base = node["head"], node["base"]["sha"]
    made = Proposed(head["sha"], (base,))
    return PullRequest(
        node["node_id"], node["number"], node["html_url"], title, body, "OPEN", head["ref"], head["sha"], base,
        commits=(made,),
    )  # fmt: skip


def found(repository: str, refs: Iterable[Node], nodes: Iterable[Node], prefix: str, base: str) -> Found:
    """Everything of ours, from the branches and the pull requests in all pages of the answer to FIND.

    A pull request is ours by its head *and* its base, and by coming from this repository: a fork's branch may be
    called as ours is, and a person may send our branch elsewhere.
    """
    own = {
        each["number"]: each
        for each in nodes
        if not each["isCrossRepository"] and lane_of(each["headRefName"], prefix) is not None
    }
    elsewhere = [each for each in own.values() if each["baseRefName"] != base and each["state"] == "OPEN"]
    pulls = [pull_request(each) for each in own.values() if each["baseRefName"] == base]
    return Found(
        tuple(sorted(pulls, key=lambda each: -each.number)),
        {f"{prefix}/{ref['name']}": _ref(ref["target"]) for ref in refs},
        frozenset(each["headRefName"] for each in elsewhere),
        repository,
    )


def pull_request(node: Node) -> PullRequest:
    """One pull request, open or done."""
    armed = node.get("autoMergeRequest")
    closer = next((each.get("actor") or {} for each in reversed(_nodes(node, "timelineItems"))), {})
    return PullRequest(
        id=node["id"],
        number=node["number"],
        url=node["url"],
        title=node["title"],
        body=node["body"],
        state=node["state"],
        branch=node["headRefName"],
        head=node["headRefOid"],
        armed=bool(armed),
        armed_by_us=armed is not None and _is_ours(armed),
        merge_sha=(node.get("mergeCommit") or {}).get("oid", ""),
        commits=tuple(_commit(each["commit"]) for each in _nodes(node, "commits")),
        closer=closer.get("login", ""),
        closed_by_app=closer.get("__typename") == "Bot",
        labels=frozenset(each["name"].lower() for each in _nodes(node, "labels")),
        assignees=frozenset(each["login"].lower() for each in _nodes(node, "assignees")),
        objection=_objection(node),
        reviewers=frozenset(
            (*map(_reviewer, _nodes(node, "reviewRequests")), *map(_author, _nodes(node, "latestReviews")))
        ),
    )


def _is_ours(armed: Node) -> bool:
    """Whether a run of ours asked for the auto-merge.

    The merge message that we give carries our trailer; a person's button gives none. A rebase takes no message, but
    no person is a bot.
    """
    robot = (armed.get("enabledBy") or {}).get("__typename") == "Bot"
    return marks.has_trailer(armed.get("commitBody") or "") or (robot and armed.get("mergeMethod") == "REBASE")


def _nodes(node: Node, name: str) -> list[Any]:
    return [each for each in (node.get(name) or {}).get("nodes") or () if each]


def _reviewer(node: Node) -> str:
    asked = node.get("requestedReviewer") or {}
    return str(asked.get("login") or asked.get("slug") or "").lower()


def _objection(node: Node) -> str:
    """The person who requested changes last, with or without a rule that demands reviews."""
    against = [each for each in _nodes(node, "latestReviews") if each["state"] == "CHANGES_REQUESTED"]
    people = [each for each in against if (each.get("author") or {}).get("__typename") != "Bot"]
    return _author(people[-1]) if people else ""


def _author(node: Node) -> str:
    return str((node.get("author") or {}).get("login") or "").lower()


def _commit(node: Node) -> Proposed:
    committer = node.get("committer") or {}
    # GitHub commits as nobody else: what is made in the browser or by its buttons (dependabot-core#2524).
    by_github = (committer.get("name"), committer.get("email")) == ("GitHub", "noreply@github.com")
    return Proposed(node["oid"], tuple(each["oid"] for each in node["parents"]["nodes"]), node["message"], by_github)


def _ref(target: Node) -> Ref:
    parents = tuple(each["oid"] for each in (target.get("parents") or {}).get("nodes") or ())
    return Ref(target["oid"], (target.get("tree") or {}).get("oid", ""), parents)
