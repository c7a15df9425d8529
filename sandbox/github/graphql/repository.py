"""Repositories, references and releases as GraphQL shows them."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.github.graphql import deployments
from sandbox.github.graphql.objects import ObjectView, view
from sandbox.github.graphql.pages import page
from sandbox.github.graphql.pulls import PullView, shown
from sandbox.github.people import account
from sandbox.github.pulls import PullRequest, Release
from sandbox.github.repository import Repository
from sandbox.github.rest.protection import protected

Info = GraphQLResolveInfo[Any]


class RefView:
    """A branch or a tag."""

    def __init__(self, repository: Repository, full: str, oid: str, prefix: str = "") -> None:
        self.id = f"REF_{repository.number}_{full}"
        self.prefix = prefix or "/".join(full.split("/")[:2]) + "/"
        self.name = full.removeprefix(self.prefix)
        self._repository, self._oid = repository, oid

    def target(self, _: Info) -> ObjectView | None:
        return view(self._repository, self._oid)

    def refUpdateRule(self, info: Info) -> dict[str, Any] | None:
        """What classic protection shows to everyone; GitHub shows nothing of rulesets here."""
        repository, settings = self._repository, self._repository.settings
        if not protected(settings) or self.name != repository.default_branch:
            return None
        login = info.context.token.person.login
        return {
            "pattern": self.name,
            "requiredApprovingReviewCount": settings.required_reviews or None,
            "requiredStatusCheckContexts": settings.required_checks,
            "requiresCodeOwnerReviews": settings.code_owners,
            "requiresLinearHistory": settings.linear_history,
            "requiresSignatures": settings.signatures,
            "viewerCanPush": not settings.locked and (settings.pushers is None or login in settings.pushers),
        }


class ReleaseView:
    """A release."""

    def __init__(self, repository: Repository, release: Release, web: str) -> None:
        self.id, self.tagName, self.name = f"RE_{release.id}", release.tag, release.name
        self.isDraft, self.isPrerelease, self.description = release.draft, release.prerelease, release.body
        self.createdAt, self.publishedAt = release.at, None if release.draft else release.at
        self.url = f"{web}/{repository.name}/releases/tag/{release.tag}"
        self.isLatest = is_latest(repository, release)
        self._repository = repository

    def tagCommit(self, _: Info) -> ObjectView | None:
        oid = self._repository.git.ref(f"refs/tags/{self.tagName}")
        return view(self._repository, oid and self._repository.git.resolve(oid))


class RepositoryView:
    """One repository. Each method is a field of GitHub's schema."""

    def __init__(self, repository: Repository, web: str) -> None:
        settings = repository.settings
        self.id, self.nameWithOwner = f"R_{repository.number}", repository.name
        self.name, self.url = repository.name.partition("/")[2], f"{web}/{repository.name}"
        self.isPrivate, self.autoMergeAllowed = repository.private, settings.allow_auto_merge
        self.mergeCommitAllowed, self.squashMergeAllowed = settings.allow_merge_commit, settings.allow_squash_merge
        self.rebaseMergeAllowed, self.deleteBranchOnMerge = settings.allow_rebase_merge, settings.delete_branch_on_merge
        self.isEmpty, self.owner = repository.empty, shown(account(repository.owner))
        self._repository, self._web = repository, web

    def viewerPermission(self, info: Info) -> str:
        return "WRITE" if info.context.token.may("contents:write") else "READ"

    def defaultBranchRef(self, _: Info) -> RefView | None:
        return self._ref(f"refs/heads/{self._repository.default_branch}")

    def ref(self, _: Info, *, qualifiedName: str) -> RefView | None:  # noqa: N803  # GitHub's name
        if qualifiedName.startswith("refs/"):
            return self._ref(qualifiedName)
        return self._ref(f"refs/heads/{qualifiedName}") or self._ref(f"refs/tags/{qualifiedName}")

    def refs(self, _: Info, **asked: Any) -> dict[str, Any]:
        prefix = asked["refPrefix"].rstrip("/") + "/"
        found = list(self._repository.git.refs(prefix).items())
        order = asked.get("orderBy") or {"field": "ALPHABETICAL", "direction": asked.get("direction") or "ASC"}
        if order["field"] == "TAG_COMMIT_DATE":
            found.sort(key=lambda each: self._date(each[1]))
        if order["direction"] == "DESC":
            found.reverse()
        wanted = (asked.get("query") or "").lower()
        nodes = [RefView(self._repository, full, oid, prefix) for full, oid in found if wanted in full.lower()]
        return page(nodes, asked)

    def object(self, _: Info, *, oid: str = "", expression: str = "") -> ObjectView | None:
        if oid:
            return view(self._repository, oid)
        place, colon, path = expression.partition(":")
        commit = self._repository.git.resolve(place)
        if not colon or not commit:
            return view(self._repository, commit)
        entry = self._repository.git.at(self._repository.git.commit(commit).tree, path)
        return view(self._repository, entry.oid, f"{path}/".lstrip("/")) if entry else None

    def pullRequest(self, _: Info, *, number: int) -> PullView:
        pull = self._repository.pulls.get(number)
        if pull is None or _unseen(pull):
            words = f"Could not resolve to a PullRequest with the number of {number}."
            raise GraphQLError(words, extensions={"type": "NOT_FOUND"})
        return PullView(self._repository, pull, self._web)

    def pullRequests(self, _: Info, **asked: Any) -> dict[str, Any]:
        wanted = {"headRefName": "head", "baseRefName": "base"}
        found = [
            pull
            for pull in self._repository.pulls.values()
            if not _unseen(pull)
            and all(getattr(pull, ours) == asked[theirs] for theirs, ours in wanted.items() if asked.get(theirs))
        ]
        order = asked.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
        found.sort(key=lambda pull: pull.number, reverse=order["direction"] == "DESC")
        states, labels = asked.get("states"), set(asked.get("labels") or ())
        views = [PullView(self._repository, pull, self._web) for pull in found if labels <= set(pull.labels)]
        return page([each for each in views if not states or _state(each) in states], asked)

    def releases(self, _: Info, **asked: Any) -> dict[str, Any]:
        """All releases, oldest first unless asked otherwise."""
        found = list(self._repository.releases)
        order = asked.get("orderBy") or {"field": "CREATED_AT", "direction": "DESC"}
        found.sort(key=lambda each: each.name if order["field"] == "NAME" else each.at)
        if order["direction"] == "DESC":
            found.reverse()
        return page([ReleaseView(self._repository, each, self._web) for each in found], asked)

    def deployments(self, _: Info, **asked: Any) -> dict[str, Any]:
        return deployments.connection(self._repository, asked)

    def latestRelease(self, _: Info) -> ReleaseView | None:
        found = [each for each in self._repository.releases if is_latest(self._repository, each)]
        return ReleaseView(self._repository, found[0], self._web) if found else None

    def release(self, _: Info, *, tagName: str) -> ReleaseView | None:  # noqa: N803  # GitHub's name
        found = [each for each in self._repository.releases if each.tag == tagName]
        return ReleaseView(self._repository, found[0], self._web) if found else None

    def _ref(self, full: str) -> RefView | None:
        oid = self._repository.git.ref(full)
        return RefView(self._repository, full, oid) if oid else None

    def _date(self, oid: str) -> str:
        commit = self._repository.git.resolve(oid)
        return self._repository.git.commit(commit).signature("committer").date


def _unseen(pull: PullRequest) -> bool:
    """Whether GraphQL has not heard of *pull* yet: true as often as the delays said when it was opened."""
    pull.unseen = max(0, pull.unseen - 1) if (late := pull.unseen) else 0
    return bool(late)


def _state(pull: PullView) -> str:
    return "MERGED" if pull.merged else pull.pull.state.upper()


def is_latest(repository: Repository, release: Release) -> bool:
    """Whether it is the newest full release."""
    full = [each for each in repository.releases if not (each.draft or each.prerelease)]
    return bool(full) and max(full, key=lambda each: (each.at, each.id)) is release
