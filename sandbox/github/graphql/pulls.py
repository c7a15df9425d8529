"""Pull requests as GraphQL shows them."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from sandbox.github import auto, rules
from sandbox.github.graphql.objects import CommitView, ObjectView, view
from sandbox.github.graphql.pages import page
from sandbox.github.people import Person, account
from sandbox.github.pulls import Event, PullRequest
from sandbox.github.repository import Repository

Info = GraphQLResolveInfo[Any]


class PullView:
    """One pull request. Each method is a field of GitHub's schema."""

    __typename = "PullRequest"

    def __init__(self, repository: Repository, pull: PullRequest, web: str) -> None:
        self.repository, self.pull = repository, pull
        self.id = node_id(repository, pull)
        self.number, self.title, self.body = pull.number, pull.title, pull.body
        self.url = f"{web}/{repository.name}/pull/{pull.number}"
        self.merged, self.isDraft, self.closed = pull.merged, pull.draft, pull.state == "closed"
        self.isCrossRepository = bool(pull.fork)
        self.headRefName, self.baseRefName = pull.head, pull.base
        self.headRefOid, self.baseRefOid = pull.head_sha, pull.base_sha
        self.createdAt, self.mergedAt = pull.created_at, pull.merged_at or None
        self.closedAt, self.updatedAt = pull.closed_at or None, pull.updated_at or pull.created_at
        self.isInMergeQueue = pull.queued
        self._looked = False

    def state(self, _: Info) -> str:
        return "MERGED" if self.pull.merged else self.pull.state.upper()

    def author(self, _: Info) -> dict[str, Any]:
        return shown(self.pull.user)

    def mergeable(self, _: Info) -> str:
        self._look()
        if self.pull.state != "open" or not rules.is_known(self.repository, self.pull):
            return "UNKNOWN"
        return "CONFLICTING" if rules.conflicts(self.repository, self.pull) else "MERGEABLE"

    def mergeStateStatus(self, _: Info) -> str:
        self._look()
        if self.pull.state != "open" or not rules.is_known(self.repository, self.pull):
            return "UNKNOWN"
        return rules.state(self.repository, self.pull).upper()

    def reviewDecision(self, _: Info) -> str | None:
        wanted = self.repository.settings.required_reviews
        if len(self.pull.approvals) < wanted:
            return "REVIEW_REQUIRED"
        return "APPROVED" if self.pull.approvals else None

    def autoMergeRequest(self, _: Info) -> dict[str, Any] | None:
        armed = self.pull.auto_merge
        if armed is None:
            return None
        return {
            "enabledAt": armed.at,
            "mergeMethod": armed.method.upper(),
            "commitHeadline": armed.title,
            "commitBody": armed.message,
            "enabledBy": shown(armed.by),
        }

    def mergeCommit(self, _: Info) -> ObjectView | None:
        return view(self.repository, self.pull.merge_sha)

    def mergedBy(self, _: Info) -> dict[str, Any] | None:
        return shown(self.pull.merged_by) if self.pull.merged_by else None

    def headRepositoryOwner(self, _: Info) -> dict[str, Any]:
        return shown(account(self._head_owner))

    def headRepository(self, _: Info) -> dict[str, Any]:
        name = self.repository.name.partition("/")[2]
        return {"id": f"R_{self._head_owner}_{name}", "name": name, "nameWithOwner": f"{self._head_owner}/{name}"}

    def labels(self, _: Info, **asked: Any) -> dict[str, Any]:
        return page([{"id": f"LA_{name}", "name": name} for name in self.pull.labels], asked)

    def assignees(self, _: Info, **asked: Any) -> dict[str, Any]:
        return page([shown(account(login)) for login in self.pull.assignees], asked)

    def reviewRequests(self, _: Info, **asked: Any) -> dict[str, Any]:
        teams = [{"__typename": "Team", "id": f"T_{slug}", "slug": slug, "name": slug} for slug in self.pull.teams]
        people = [shown(account(login)) for login in self.pull.reviewers]
        return page([{"id": f"RR_{each['id']}", "requestedReviewer": each} for each in (*people, *teams)], asked)

    def latestReviews(self, _: Info, **asked: Any) -> dict[str, Any]:
        """The last review of each person; who has answered is asked no longer."""
        states = dict.fromkeys(sorted(self.pull.approvals), "APPROVED")
        states |= dict.fromkeys(sorted(self.pull.objections), "CHANGES_REQUESTED")
        reviews = [
            {"id": f"PRR_{name}", "author": shown(account(name)), "state": said} for name, said in states.items()
        ]
        return page(reviews, asked)

    def timelineItems(self, _: Info, **asked: Any) -> dict[str, Any]:
        """What happened to it, oldest first; only the kinds that are asked for."""
        kinds = asked.get("itemTypes")
        found = [each for each in self.pull.events if not kinds or f"{each.kind.upper()}_EVENT" in kinds]
        return {**page([self._event(each) for each in found], asked), "filteredCount": len(found)}

    @property
    def _head_owner(self) -> str:
        return self.pull.fork_owner if self.pull.fork else self.repository.owner

    def _event(self, event: Event) -> dict[str, Any]:
        kind = f"{event.kind.capitalize()}Event"
        seen = {"__typename": kind, "id": f"{kind}_{self.id}_{event.at}", "createdAt": event.at}
        return {**seen, "actor": shown(event.actor), "commit": view(self.repository, self.pull.merge_sha)}

    def commits(self, _: Info, **asked: Any) -> dict[str, Any]:
        """Its commits, oldest first."""
        nodes = [{"id": f"PURC_{oid}", "commit": self._commit(oid)} for oid in self._commits()]
        return page(nodes, asked)

    def _commit(self, oid: str) -> CommitView:
        return CommitView(self.repository, self.repository.git.commit(oid))

    def _commits(self) -> list[str]:
        pull, git = self.pull, self.repository.git
        base = self.repository.tip(pull.base) if pull.state == "open" else pull.base_sha
        if git.commit(pull.head_sha).parents == [base]:
            return [pull.head_sha]
        return git("rev-list", "--reverse", "--topo-order", pull.head_sha, f"^{base or pull.base_sha}").split()

    def _look(self) -> None:
        """Reading whether it can be merged is what makes GitHub work it out."""
        if not self._looked:
            self._looked = True
            auto.look(self.repository, self.pull)


def node_id(repository: Repository, pull: PullRequest) -> str:
    """GitHub's name for *pull* in GraphQL."""
    return f"PR_{repository.number}_{pull.number}"


def shown(person: Person) -> dict[str, Any]:
    """An actor: a user or an App's bot, whose login GraphQL shows without its suffix."""
    kind = "Bot" if person.is_bot else "User"
    login = person.login.removesuffix("[bot]")
    return {"__typename": kind, "id": f"{kind[0]}_{person.number}", "login": login, "name": person.name}
