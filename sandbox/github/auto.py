"""What GitHub does by itself: it merges what is armed, queued or asked for in the background."""

from __future__ import annotations

from sandbox.github import merge, rules
from sandbox.github.async_merge import AsyncMerge
from sandbox.github.people import WEB_FLOW
from sandbox.github.pulls import Method, PullRequest
from sandbox.github.refusals import Refused
from sandbox.github.repository import Repository


def settle(repository: Repository) -> None:
    """Merge every armed pull request whose requirements are met."""
    for pull in repository.open_pulls():
        armed = pull.auto_merge
        if armed and not repository.settings.merge_queue and rules.state(repository, pull) in ("clean", "unstable"):
            merge.merge(repository, pull, armed.method, (armed.title, armed.message), armed.by)


def look(repository: Repository, pull: PullRequest) -> None:
    """Somebody looks at *pull*: time passes in the sandbox."""
    pull.reads += 1
    pull.base_known = repository.tip(pull.base)
    settings = repository.settings
    if pull.state != "open":
        return
    if settings.checks_after_reads is not None and pull.reads > settings.checks_after_reads:
        finish_checks(repository, pull, "success")
    if pull.queued and settings.queue_after_reads is not None and pull.reads > settings.queue_after_reads:
        run_queue(repository)
    settle(repository)


def finish_checks(repository: Repository, pull: PullRequest, conclusion: str) -> None:
    """End all check runs of the head of *pull*, code scanning among them."""
    settings = repository.settings
    names = (*settings.required_checks, *settings.other_checks)
    repository.checks.setdefault(pull.head_sha, {}).update(dict.fromkeys(names, conclusion))
    repository.scanned.add(pull.head_sha)


def run_queue(repository: Repository) -> None:
    """Let the merge queue merge what is in it and meets the rules, each squashed into one commit."""
    for pull in repository.open_pulls():
        if pull.queued and not rules.unmet(repository, pull) and not rules.conflicts(repository, pull):
            merge.merge(repository, pull, "squash", (None, None), WEB_FLOW)


def look_at_merge(repository: Repository, pull: PullRequest, asked: AsyncMerge) -> None:
    """Somebody looks at it: time passes, and it is done when its time has come.

    Rules are judged only now, and the base is not guarded at all: as GitHub describes it.
    """
    if asked.status != "pending":
        return
    if asked.waits:
        asked.waits -= 1
        asked.words = "Merge request is in progress."
        return
    try:
        _run(repository, pull, asked)
    except Refused as refused:
        asked.status, asked.words = "failed", refused.message


def _run(repository: Repository, pull: PullRequest, asked: AsyncMerge) -> None:
    if repository.settings.merge_queue and asked.action != "direct_merge":
        pull.queued = True
        asked.status, asked.words = "enqueued", "Pull request is in the merge queue."
        return
    method: Method = "merge" if asked.method == "default" else asked.method
    rules.refuse(repository, pull, method, asked.head)
    asked.sha = merge.merge(repository, pull, method, asked.given, asked.by)
    if not asked.sha:
        raise Refused(405, "Merge conflict: the pull request could not be merged.")
    asked.status, asked.words = "merged", "Pull request was merged."
