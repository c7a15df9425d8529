"""What there is on GitHub already: branches under our prefix, and pull requests from them, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from profile_cd.proposal import marks


@dataclass(frozen=True, slots=True)
class Proposed:
    """One commit of a pull request. *by_github* says that GitHub committed it, as the button “Update branch” does."""

    oid: str
    parents: tuple[str, ...]
    message: str = ""
    by_github: bool = False

    @property
    def is_update(self) -> bool:
        """Whether it is what “Update branch” makes: a merge that GitHub committed."""
        return self.by_github and len(self.parents) == 2  # noqa: PLR2004  # the branch and the base


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One pull request that goes from a branch of ours into the base, and comes from no fork.

    *armed* says that GitHub merges it when its checks pass, *armed_by_us* that no person pressed that button.
    *closer* is the login of who closed it last, empty where nobody did or the account is gone; *closed_by_app* says
    that this was no person's account. *base* is the head of the base branch when it was opened, where that is known.
    *reviewers* are those asked, and those who have answered; *objection* is the login of one whose last review requests
    changes. *resolved* is a merge by GitHub in which a person resolved a conflict.
    """

    id: str
    number: int
    url: str
    title: str
    body: str
    state: Literal["OPEN", "CLOSED", "MERGED"]
    branch: str
    head: str
    base: str = ""
    armed: bool = False
    armed_by_us: bool = False
    commits: tuple[Proposed, ...] = ()
    merge_sha: str = ""
    closer: str = ""
    closed_by_app: bool = False
    labels: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()
    resolved: str = ""
    objection: str = ""

    @property
    def made(self) -> tuple[str, ...]:
        """The commits that we made for it."""
        return marks.made_commits(self.body)

    @property
    def foreign(self) -> str:
        """The newest commit that we did not make, empty where there is none: it must not be overwritten or merged.

        A commit of ours is known by its name, written in the body, so that one which a person amended is that
        person's. A merge of the base upon one of ours, committed by GitHub, is nobody's work. What stands below a
        commit of ours came from the base.
        """
        if not self.made:
            return next((each.oid for each in reversed(self.commits) if not _of_the_first_release(each)), "")
        if self.resolved:
            return self.resolved
        known = {each.oid: each for each in self.commits}
        oid = self.head
        while oid not in self.made:
            commit = known.get(oid)
            if commit is None or not commit.is_update or commit.parents[0] not in (*self.made, *known):
                return oid
            oid = commit.parents[0]
        return ""

    @property
    def is_alone(self) -> bool:
        """Whether it brings nothing along but our commit: the base may have been rewritten below it."""
        return all(each.oid in self.made or each.is_update for each in self.commits)


def _of_the_first_release(commit: Proposed) -> bool:
    """Whether a commit is ours by its trailer: pull requests of that time name no commits."""
    return marks.has_trailer(commit.message) or commit.is_update


@dataclass(frozen=True, slots=True)
class Ref:
    """A branch: the commit that it points to, that commit's tree and parents."""

    head: str
    tree: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything of ours on GitHub: pull requests, the newest first, and branches by name.

    *taken* are branches from which an open pull request goes elsewhere than into the base: they are not touched.
    *repository* is GitHub's own name for the repository, which a change of a branch must give.
    """

    pulls: tuple[PullRequest, ...] = ()
    refs: Mapping[str, Ref] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    repository: str = ""
