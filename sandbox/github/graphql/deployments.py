"""Deployments as GraphQL shows them. Each method is a field of GitHub's schema."""

from __future__ import annotations

import json
from typing import Any

from graphql import GraphQLResolveInfo

from sandbox.github.deployments import Deployment, Status
from sandbox.github.graphql.objects import ObjectView, view
from sandbox.github.graphql.pages import page
from sandbox.github.graphql.pulls import shown
from sandbox.github.repository import Repository

Info = GraphQLResolveInfo[Any]


class StatusView:
    """One status of a deployment."""

    def __init__(self, status: Status, environment: str) -> None:
        self.id, self.state, self.createdAt = f"DES_{status.id}", status.state.upper(), status.at
        self.updatedAt, self.description, self.environment = status.at, status.description, environment
        self.logUrl, self.environmentUrl = status.log_url or None, status.environment_url or None
        self.creator = shown(status.creator)


class DeploymentView:
    """One deployment."""

    def __init__(self, repository: Repository, found: Deployment) -> None:
        self.id, self.databaseId, self.commitOid = f"DE_{found.id}", found.id, found.sha
        self.task, self.environment, self.description = found.task, found.environment, found.description
        self.createdAt, self.updatedAt = found.created_at, found.updated_at
        self.originalEnvironment = self.latestEnvironment = found.environment
        self.payload = json.dumps(found.payload)
        self.creator = shown(found.creator)
        self.state = "ACTIVE" if found.state == "success" else found.state.upper()
        self._repository, self._found = repository, found

    def commit(self, _: Info) -> ObjectView | None:
        return view(self._repository, self._found.sha)

    def latestStatus(self, _: Info) -> StatusView | None:
        statuses = self._found.statuses
        return StatusView(statuses[-1], self._found.environment) if statuses else None

    def statuses(self, _: Info, **asked: Any) -> dict[str, Any]:
        """The last first, as GitHub lists them."""
        return page([StatusView(each, self._found.environment) for each in reversed(self._found.statuses)], asked)


def connection(repository: Repository, asked: dict[str, Any]) -> dict[str, Any]:
    """The deployments of *repository* in some environments (none named: in all)."""
    wanted = asked.get("environments")
    found = [each for each in repository.deployments if not wanted or each.environment in wanted]
    order = asked.get("orderBy") or {"direction": "ASC"}
    if order["direction"] == "DESC":
        found.reverse()
    return page([DeploymentView(repository, each) for each in found], asked)
