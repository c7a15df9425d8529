"""What stands between a pull request and its base, in GitHub's words."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from sandbox.github import merge
from sandbox.github.pulls import Method, PullRequest
from sandbox.github.refusals import Refused
from sandbox.github.repository import CHECK, Repository

State = Literal["clean", "dirty", "blocked", "unstable", "draft", "unknown"]

METHODS = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}
NOT_MERGEABLE = "Pull Request is not mergeable"
QUEUE = "Changes must be made through the merge queue"
PULL_REQUEST = "Changes must be made through a pull request."
LINEAR = "This branch must not contain merge commits."


def state(repository: Repository, pull: PullRequest) -> State:
    """GitHub's `mergeable_state`, once it is known."""
    if conflicts(repository, pull):
        return "dirty"
    if pull.draft:
        return "draft"
    if unmet(repository, pull) or repository.settings.merge_queue:
        return "blocked"
    runs = repository.checks.get(pull.head_sha, {})
    return "clean" if all(end in CHECK for end in runs.values()) else "unstable"


def is_known(repository: Repository, pull: PullRequest) -> bool:
    """Whether GitHub has worked out by now if *pull* can be merged."""
    return pull.reads > repository.settings.unknown_looks or pull.state != "open"


def conflicts(repository: Repository, pull: PullRequest) -> bool:
    """Whether head and base do not go together."""
    return not merge.merged_tree(repository.git, repository.tip(pull.base), pull.head_sha)


def unmet(repository: Repository, pull: PullRequest) -> list[str]:
    """What the rules of the base branch still demand."""
    said = [*_checks(repository, pull.head_sha), *_scanning(repository, pull.head_sha)]
    missing = repository.settings.required_reviews - len(pull.approvals)
    if missing > 0:
        plural = "review is" if missing == 1 else "reviews are"
        said.append(f"At least {missing} approving {plural} required by reviewers with write access.")
    return said


def refuse(repository: Repository, pull: PullRequest, method: Method, sha: str) -> None:
    """Refuse a merge that GitHub would refuse, with its words; *sha* is the head that is expected, if any."""
    if repository.refusals:
        raise Refused(*repository.refusals.pop(0))
    if pull.state != "open":
        raise Refused(405, NOT_MERGEABLE)
    if sha and sha != pull.head_sha:
        raise Refused(409, "Head branch was modified. Review and try the merge again.")
    if pull.draft:
        raise Refused(405, "Pull Request is still a draft")
    if not allowed(repository, method):
        raise Refused(405, f"{METHODS[method]} are not allowed on this repository.")
    demands = [QUEUE] if repository.settings.merge_queue else unmet(repository, pull)
    if repository.settings.linear_history and method == "merge":
        demands = [*demands, LINEAR]
    if demands:
        raise Refused(405, _worded(repository, demands))
    before, pull.base_known = pull.base_known, repository.tip(pull.base)
    tree = merge.merged_tree(repository.git, pull.base_known, pull.head_sha)
    if not tree:
        raise Refused(405, NOT_MERGEABLE)
    empty = tree == repository.git.commit(pull.base_known).tree
    if before != pull.base_known and (empty or repository.settings.base_race):
        raise Refused(405, "Base branch was modified. Review and try the merge again.")


def refuse_push(repository: Repository, ref: str, sha: str) -> None:
    """Refuse to let *ref* point to *sha* where the rules of the default branch forbid it.

    An open pull request with that head stands for its reviews, as it does on GitHub.
    """
    settings = repository.settings
    if ref != f"refs/heads/{repository.default_branch}" or not sha or not repository.tip(repository.default_branch):
        return
    proposed = [each for each in repository.open_pulls() if each.head_sha == sha and ref == f"refs/heads/{each.base}"]
    approved = any(len(each.approvals) >= settings.required_reviews for each in proposed)
    demands = [QUEUE] if settings.merge_queue else []
    if (settings.requires_pull_request or settings.required_reviews) and not approved:
        demands.append(PULL_REQUEST)
    demands += [*_checks(repository, sha), *_scanning(repository, sha)]
    if settings.linear_history and len(repository.git.commit(sha).parents) > 1:
        demands.append(LINEAR)
    if demands:
        raise Refused(422, _worded(repository, demands))


def allowed(repository: Repository, method: Method) -> bool:
    """Whether the settings allow this way to merge."""
    settings = repository.settings
    return {
        "merge": settings.allow_merge_commit,
        "squash": settings.allow_squash_merge,
        "rebase": settings.allow_rebase_merge,
    }[method]


def _worded(repository: Repository, demands: list[str]) -> str:
    if not repository.settings.rulesets:
        return demands[0]
    return "Repository rule violations found\n\n" + "".join(f"{demand}\n\n" for demand in demands)


def _scanning(repository: Repository, sha: str) -> list[str]:
    if not repository.settings.code_scanning or sha in repository.scanned:
        return []
    return [f"Code scanning is waiting for results from CodeQL for the commit {sha[:7]}."]


def _checks(repository: Repository, sha: str) -> list[str]:
    required = repository.settings.required_checks
    runs = repository.checks.get(sha, {})
    waits = {name: _standing(runs.get(name)) for name in required}
    open_ones = {name: standing for name, standing in waits.items() if standing}
    if not open_ones:
        return []
    if len(open_ones) == 1:
        name, standing = next(iter(open_ones.items()))
        return [f'Required status check "{name}" is {standing}.']
    counts = Counter(open_ones.values())
    head = f"{len(open_ones)} of {len(required)} required status checks"
    if len(counts) == 1:
        return [f"{head} are {next(iter(counts))}."]
    return [f"{head} have not succeeded: {', '.join(f'{count} {what}' for what, count in counts.items())}."]


def _standing(conclusion: str | None) -> str:
    if conclusion is None:
        return "expected"
    if not conclusion:
        return "pending"
    return "" if conclusion in CHECK else "failing"
