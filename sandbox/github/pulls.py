"""What GitHub keeps about a repository beside git: settings, pull requests, releases, labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sandbox.github.people import Person

Method = Literal["merge", "squash", "rebase"]


@dataclass
class Settings:
    """The settings of a repository and the rules of its base branches; free to be changed at any time.

    *unknown_looks*: so often `mergeable` is null before it is known. *checks_start*: whether a check run
    appears when a pull request is opened. *checks_after_reads*, *queue_after_reads*: after so many looks at a
    pull request its checks succeed, or the merge queue merges it; None: only when a test says so.
    *base_race*: any base that moved since GitHub last worked out the merge costs one refusal, not only one that
    leaves nothing to merge.
    *pushers* are the only logins that may push, None where all may; *exempt* need no reviews, and *bypasses* is
    GitHub's word by login on a ruleset.
    *rulesets*: GitHub says no in the words of rulesets, not of branch protection. *linear_history*,
    *requires_pull_request* and *code_scanning* are rules of the base branch. *most_tree_entries* is what a recursive
    tree shows before it is cut, *most_message* the characters that a merge takes for its message.
    """

    allow_merge_commit: bool = True
    allow_squash_merge: bool = True
    allow_rebase_merge: bool = True
    allow_auto_merge: bool = False
    delete_branch_on_merge: bool = False
    actions_enabled: bool = True
    actions_can_create_prs: bool = True
    required_checks: list[str] = field(default_factory=list)
    other_checks: list[str] = field(default_factory=list)
    required_reviews: int = 0
    merge_queue: bool = False
    rulesets: bool = False
    linear_history: bool = False
    strict_checks: bool = False
    dismisses_stale: bool = False
    code_owners: bool = False
    enforces_admins: bool = True
    signatures: bool = False
    locked: bool = False
    pushers: list[str] | None = None
    exempt: list[str] = field(default_factory=list)
    bypasses: dict[str, str] = field(default_factory=dict)
    requires_pull_request: bool = False
    code_scanning: bool = False
    offers_async_merge: bool = True
    most_tree_entries: int = 100_000
    most_message: int = 16_383
    checks_start: bool = True
    base_race: bool = False
    unknown_looks: int = 0
    checks_after_reads: int | None = None
    queue_after_reads: int | None = None


@dataclass
class Delays:
    """What GitHub does not know yet, counted in answers: each is used up by the questions that it spoils.

    *unseen_pulls*: so often GraphQL has not heard of a pull request that was just opened. *unseen_pushes*: so often a
    branch that was just pushed has "no commits". *too_quick*: so many pull requests come too soon after another.
    *async_merge*: so many looks at an asynchronous merge find it still pending.
    """

    unseen_pulls: int = 0
    unseen_pushes: int = 0
    too_quick: int = 0
    async_merge: int = 0


@dataclass
class Comment:
    """What somebody said on a pull request."""

    id: int
    body: str
    user: Person
    at: str
    updated_at: str = ""


@dataclass(frozen=True)
class Event:
    """What happened to a pull request, and who did it."""

    kind: Literal["closed", "reopened", "merged"]
    actor: Person
    at: str


@dataclass(frozen=True)
class AutoMerge:
    """Merge when the requirements are met."""

    by: Person
    method: Method
    title: str | None
    message: str | None
    at: str


@dataclass
class PullRequest:
    """One pull request. Times are RFC 3339.

    *reads* counts the looks at it since its head or base moved; *base_known* is the base at the last of them.
    *fork* says that its branch is in another's copy of the repository, which belongs to *fork_owner*.
    """

    number: int
    title: str
    body: str
    base: str
    head: str
    user: Person
    base_sha: str
    head_sha: str
    created_at: str
    draft: bool = False
    fork: bool = False
    fork_owner: str = "eve"
    state: Literal["open", "closed"] = "open"
    updated_at: str = ""
    closed_at: str = ""
    merged_at: str = ""
    merge_sha: str = ""
    merged_by: Person | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    approvals: set[str] = field(default_factory=set)
    objections: set[str] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)
    auto_merge: AutoMerge | None = None
    queued: bool = False
    reads: int = 0
    base_known: str = ""
    unseen: int = 0
    events: list[Event] = field(default_factory=list)

    @property
    def merged(self) -> bool:
        """Whether it was merged."""
        return bool(self.merged_at)

    def moved(self, head: str) -> None:
        """Its branch points elsewhere now."""
        self.head_sha, self.reads, self.queued = head, 0, False

    def close(self, at: str, by: Person) -> None:
        """It is closed by somebody."""
        self.state, self.closed_at, self.updated_at = "closed", at, at
        self.auto_merge, self.queued = None, False
        self.events.append(Event("closed", by, at))

    def reopen(self, at: str, by: Person) -> None:
        """It is open again."""
        self.state, self.closed_at, self.updated_at, self.reads = "open", "", at, 0
        self.events.append(Event("reopened", by, at))

    def merge(self, sha: str, by: Person, at: str) -> None:
        """It is part of its base now."""
        self.events.append(Event("merged", by, at))
        self.close(at, by)
        self.merge_sha, self.merged_at, self.merged_by = sha, at, by


@dataclass
class Release:
    """A release of a tag. *at* is when it was created and published (RFC 3339)."""

    id: int
    tag: str
    name: str
    at: str
    draft: bool = False
    prerelease: bool = False
    body: str = ""


@dataclass
class Label:
    """A label of the repository."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None
