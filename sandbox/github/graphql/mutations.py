"""What GraphQL can change: auto-merge, the merge queue, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.github import merge, rules
from sandbox.github.calls import Call
from sandbox.github.graphql.pulls import PullView, node_id
from sandbox.github.pulls import AutoMerge, Method
from sandbox.github.refusals import unprocessable

Info = GraphQLResolveInfo[Any]
Given = Mapping[str, Any]


def enable(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Merge it as soon as its requirements are met."""
    found = _pull(info, input)
    settings = found.repository.settings
    if not settings.allow_auto_merge:
        raise unprocessable("Auto merge is not allowed for this repository")
    _expect(found, input)
    method = cast("Method", str(input.get("mergeMethod") or "MERGE").lower())
    if not rules.allowed(found.repository, method):
        raise unprocessable(f"{rules.METHODS[method]} are not allowed on this repository.")
    known = found.pull.reads >= settings.unknown_looks
    state = rules.state(found.repository, found.pull) if known else "unknown"
    if found.pull.state != "open" or state == "dirty":
        raise unprocessable("Pull request is not in the correct state to enable auto-merge")
    if state in ("clean", "unstable", "draft", "unknown"):
        raise unprocessable(f"Pull request is in {state} status")
    most = settings.most_message
    if len(input.get("commitBody") or "") > most:
        raise unprocessable(f"Commit message is too long (maximum is {most} characters)")
    found.pull.auto_merge = AutoMerge(
        info.context.token.person,
        method,
        input.get("commitHeadline"),
        input.get("commitBody"),
        found.repository.now(),
    )
    return _shown(info, found, input)


def disable(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Take the auto-merge back."""
    found = _pull(info, input)
    if found.pull.auto_merge is None:
        raise unprocessable("Can't disable auto-merge for this pull request")
    found.pull.auto_merge = None
    return _shown(info, found, input)


def enqueue(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Put it into the merge queue."""
    found = _pull(info, input)
    if not found.repository.settings.merge_queue:
        raise unprocessable("A merge queue is not enabled for the base branch")
    _expect(found, input)
    if found.pull.queued:
        raise unprocessable("Pull request is already in the queue")
    if found.pull.state != "open" or found.pull.draft or rules.conflicts(found.repository, found.pull):
        raise unprocessable("Pull request is not mergeable")
    found.pull.queued = True
    position = sum(each.queued for each in found.repository.open_pulls())
    entry = {"id": f"MQE_{found.id}", "position": position, "state": "QUEUED", "pullRequest": found}
    return {"mergeQueueEntry": entry, "clientMutationId": input.get("clientMutationId")}


def close(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Close it without merging."""
    found = _pull(info, input)
    found.pull.close(found.repository.now(), info.context.token.person)
    return _shown(info, found, input)


def update_branch(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """The button "Update branch"."""
    found = _pull(info, input)
    _expect(found, input)
    if not merge.catch_up(found.repository, found.pull.head, found.pull.base, info.context.token.person):
        raise unprocessable("merge conflict between base and head")
    return _shown(info, found, input)


def to_draft(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Say that it is not ready."""
    found = _pull(info, input)
    found.pull.draft = True
    return _shown(info, found, input)


def ready(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Say that it is ready."""
    found = _pull(info, input)
    found.pull.draft = False
    return _shown(info, found, input)


MUTATIONS: Mapping[str, Callable[..., Any]] = {
    "enablePullRequestAutoMerge": enable,
    "disablePullRequestAutoMerge": disable,
    "enqueuePullRequest": enqueue,
    "closePullRequest": close,
    "updatePullRequestBranch": update_branch,
    "convertPullRequestToDraft": to_draft,
    "markPullRequestReadyForReview": ready,
}


def pull_of(call: Call, node: str) -> PullView:
    """The pull request with this node id. Raises GraphQLError."""
    for repository in call.state.repositories.values():
        for pull in repository.pulls.values():
            if node_id(repository, pull) == node:
                return PullView(repository, pull, call.web)
    words = f"Could not resolve to a node with the global id of '{node}'"
    raise GraphQLError(words, extensions={"type": "NOT_FOUND"})


def _pull(info: Info, given: Given) -> PullView:
    call: Call = info.context
    found = pull_of(call, given["pullRequestId"])
    may = call.token.may("contents:write") and call.token.may("pull_requests:write")
    if not (may and call.token.reaches(found.repository.name)):
        raise GraphQLError(call.token.refusal, extensions={"type": "FORBIDDEN"})
    return found


def _expect(found: PullView, given: Given) -> None:
    wanted = given.get("expectedHeadOid")
    if wanted and wanted != found.pull.head_sha:
        raise unprocessable(f"Expected head oid to be {wanted} but was {found.pull.head_sha}")


def _shown(info: Info, found: PullView, given: Given) -> dict[str, Any]:
    fresh = PullView(found.repository, found.pull, info.context.web)
    return {"pullRequest": fresh, "clientMutationId": given.get("clientMutationId")}
