"""The checks of a commit as GraphQL shows them, to those who may read them."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.github.calls import Call
from sandbox.github.graphql.pages import page
from sandbox.github.repository import CHECK, Repository

Info = GraphQLResolveInfo[Any]


class CheckView:
    """One check run. Each method is a field of GitHub's schema."""

    __typename = "CheckRun"

    def __init__(self, repository: Repository, oid: str, name: str, conclusion: str) -> None:
        self.id, self.name = f"CR_{oid}_{name}", name
        self.status = "COMPLETED" if conclusion else "IN_PROGRESS"
        self.conclusion = conclusion.upper() or None
        self.detailsUrl = f"https://github.com/{repository.name}/runs/{name}"
        self.startedAt, self.completedAt = repository.created_at, repository.created_at if conclusion else None
        self._required = name in repository.settings.required_checks

    def isRequired(self, _: Info, **__: Any) -> bool:
        return self._required


class RollupView:
    """All checks of a commit together."""

    def __init__(self, repository: Repository, oid: str, runs: dict[str, str]) -> None:
        self.id = f"SCR_{oid}"
        good = "SUCCESS" if all(end in CHECK for end in runs.values() if end) else "FAILURE"
        self.state = "PENDING" if good == "SUCCESS" and not all(runs.values()) else good
        self._repository, self._oid, self._runs = repository, oid, runs

    def contexts(self, _: Info, **asked: Any) -> dict[str, Any]:
        return page([CheckView(self._repository, self._oid, *run) for run in self._runs.items()], asked)


def rollup(repository: Repository, oid: str, call: Call) -> RollupView | None:
    """The checks of a commit; None where it has none.

    In a private repository a token without `checks: read` gets null and an error beside everything else it asked for.
    """
    may_read = call.token.may("checks:read") and call.token.may("statuses:read")
    if repository.private and not may_read:
        raise GraphQLError(call.token.refusal, extensions={"type": "FORBIDDEN"})
    runs = repository.checks.get(oid, {})
    return RollupView(repository, oid, runs) if runs else None
