"""Merging over REST: at once, in the background, and the merge of the base into a pull request's branch."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sandbox.github import auto, merge, rules
from sandbox.github.async_merge import AsyncMerge
from sandbox.github.calls import Call, Routes
from sandbox.github.pulls import Method, PullRequest
from sandbox.github.refusals import Refused, invalid
from sandbox.github.repository import Repository
from sandbox.github.rest.pulls import the_pull
from sandbox.net import Response

NOT_FOUND = Refused(404, "Not Found")


def merge_it(call: Call) -> Response:
    """Merge, if the rules and the expected head allow it."""
    body, pull, repository = call.body(), the_pull(call), call.repository
    method = body.get("merge_method") or "merge"
    if method not in rules.METHODS:
        raise invalid("merge_method is invalid", "PullRequest", "merge_method", "invalid")
    way = cast("Method", method)
    _not_too_long(repository, body)
    rules.refuse(repository, pull, way, str(body.get("sha") or ""))
    given = (body.get("commit_title"), body.get("commit_message"))
    sha = merge.merge(repository, pull, way, given, call.token.person)
    if not sha:
        raise Refused(405, "This branch can't be rebased" if way == "rebase" else rules.NOT_MERGEABLE)
    return Response.of_json({"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def update_branch(call: Call) -> Response:
    """The button "Update branch": the base is merged into the pull request's branch."""
    pull, repository = the_pull(call), call.repository
    expected = str(call.body().get("expected_head_sha") or pull.head_sha)
    if expected != pull.head_sha:
        raise Refused(422, "expected head sha didn't match current head ref.")
    if pull.state != "open" or pull.fork:
        raise NOT_FOUND
    if repository.git.is_ancestor(repository.tip(pull.base), pull.head_sha):
        raise Refused(422, "There are no new commits on the base branch.")
    if not merge.catch_up(repository, pull.head, pull.base, call.token.person):
        raise Refused(422, "merge conflict between base and head")
    url = f"{call.page}/pull/{pull.number}"
    return Response.of_json({"message": "Updating pull request branch.", "url": url}, 202)


def merge_async(call: Call) -> Response:
    """Ask for a merge in the background; nothing but the pull request's own state is judged now."""
    pull, repository, body = the_pull(call), call.repository, call.body()
    if not repository.settings.offers_async_merge:
        raise NOT_FOUND
    if pull.merged:
        return _said("merged", {"message": "Pull request is already merged.", "sha": pull.merge_sha}, 200)
    if pull.queued:
        return _said("enqueued", {"message": "Pull request is already in the merge queue."}, 200)
    if pull.state != "open" or pull.draft:
        return _said("failed", {"message": f"Pull request is {'a draft' if pull.draft else 'closed'}."}, 400)
    pending = [each for each in repository.async_merges if each.number == pull.number and each.status == "pending"]
    if pending:
        pending[0].words = "A merge request already exists for this pull request."
        return Response.of_json(pending[0].shown(), 409)
    made = _asked(call, pull, body)
    repository.async_merges.append(made)
    return Response.of_json(made.shown(), 202)


def merge_result(call: Call) -> Response:
    """What became of a merge in the background."""
    pull, repository = the_pull(call), call.repository
    found = [each for each in repository.async_merges if each.uuid == call.parts["uuid"]]
    if not found:
        raise NOT_FOUND
    auto.look_at_merge(repository, pull, found[0])
    return Response.of_json(found[0].shown())


def _asked(call: Call, pull: PullRequest, body: Mapping[str, Any]) -> AsyncMerge:
    _not_too_long(call.repository, body)
    head = str(body.get("sha") or pull.head_sha)
    if head != pull.head_sha:
        raise Refused(422, "Head branch was modified. Review and try the merge again.")
    return AsyncMerge(
        uuid=str(uuid.uuid4()),
        number=pull.number,
        method=body.get("merge_method") or "default",
        action=body.get("merge_action") or "default",
        head=head,
        given=(body.get("commit_title"), body.get("commit_message")),
        by=call.token.person,
        waits=call.repository.delays.async_merge,
    )


def _said(status: str, details: Mapping[str, str], code: int) -> Response:
    return Response.of_json({"status": status, "details": dict(details)}, code)


def _not_too_long(repository: Repository, body: Mapping[str, Any]) -> None:
    """Refuse a commit message that is longer than GitHub merges with."""
    most = repository.settings.most_message
    if len(str(body.get("commit_message") or "")) > most:
        # The words are GitHub's (dependabot-core#8972); the status is likely, not seen.
        raise Refused(422, f"Commit message is too long (maximum is {most} characters)")


PULL = "/repos/{owner}/{repo}/pulls/{pull_number}"
ROUTES: Routes = {
    f"PUT {PULL}/merge": ("contents:write", merge_it),
    f"PUT {PULL}/merge-async": ("contents:write", merge_async),
    f"GET {PULL}/merge-async/{{uuid}}": ("pull_requests:read", merge_result),
    f"PUT {PULL}/update-branch": ("pull_requests:write", update_branch),
}
