"""GitHub's deployments: the record of what was triggered (design decision 8)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from profile_cd import neutral
from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.fanout import TASK, Deployment
from profile_cd.model import is_object
from profile_cd.services.repository.answers import AT_ONCE, refused
from profile_cd.services.repository.api import GitHubApi

WRITES = "deployments: write"
"""What a job needs that records."""
NEWEST = 20
MORE = 100
MOST_PAGES = 10
"""Pages that are turned where other deployments hide ours: jobs with `environment:` make them under the same name."""

MOST_DESCRIPTION = 140
"""Characters; GitHub refuses a longer one."""

FIELDS = """
fragment Deployed on DeploymentConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    databaseId task commitOid createdAt payload
    commit { tree { oid } }
    statuses(first: 15) { nodes { state logUrl } }
    oldest: statuses(last: 5) { nodes { state logUrl } }
  }
}
"""


class Deployments:
    """Those of one repository whose task is ours."""

    def __init__(self, api: GitHubApi) -> None:
        self._api = api

    def of(self, environments: Sequence[str]) -> dict[str, tuple[Deployment, ...]]:
        """The newest of each environment, the newest first, in one question for fifty. Raises GitHubRefused."""
        found: dict[str, tuple[Deployment, ...]] = {}
        names = list(dict.fromkeys(environments))
        for start in range(0, len(names), AT_ONCE):
            found |= self._asked(names[start : start + AT_ONCE])
        return found

    def create(self, commit: str, environment: str, *, description: str, payload: Mapping[str, str]) -> int:
        """Record that *commit* is about to be deployed, and return the record's number. Raises GitHubRefused.

        The record is looked for where the answer was lost: *payload* must hold a `run` that no other record has.
        """
        value = {
            "ref": commit,
            "task": TASK,
            "environment": environment,
            "description": description[:MOST_DESCRIPTION],
            "payload": dict(payload),
            # By default GitHub merges the default branch into the ref and answers 202 without a deployment.
            "auto_merge": False,
            # By default every status of the commit must be a success, else 409.
            "required_contexts": [],
            "production_environment": False,
        }
        for _ in range(2):
            try:
                said = self._api.write("POST", "/deployments", value, needs=("id",))
            except Uncertain:
                known = self._made(environment, payload["run"])
                if known:
                    return known
                continue
            if not said.ok or not isinstance(said.data.get("id"), int):
                raise refused("The deployment cannot be recorded", said, WRITES)
            return int(said.data["id"])
        raise GitHubRefused("GitHub lost the answer twice while the deployment was recorded.")

    def settle(self, number: int, state: str, *, description: str = "", log_url: str = "") -> None:
        """Say what became of a record. Raises GitHubRefused; a second time changes nothing, so it may be repeated."""
        value = {
            "state": state,
            "description": description[:MOST_DESCRIPTION],
            "log_url": log_url,
            # Otherwise a success would make every other record of the environment inactive.
            "auto_inactive": False,
        }
        for _ in range(3):
            try:
                said = self._api.write("POST", f"/deployments/{number}/statuses", value)
            except Uncertain:
                continue
            if not said.ok:
                raise refused("The deployment's record cannot be settled", said, WRITES)
            return
        raise GitHubRefused("GitHub lost the answer three times while the deployment's record was settled.")

    def _asked(self, names: Sequence[str]) -> dict[str, tuple[Deployment, ...]]:
        data = self._question({f"e{number}": (name, NEWEST, "") for number, name in enumerate(names)})
        return {name: self._ours(name, data[f"e{number}"]) for number, name in enumerate(names)}

    def _ours(self, name: str, connection: Mapping[str, Any]) -> tuple[Deployment, ...]:
        """Those of our task; more pages are turned only where there is none among the newest."""
        for _ in range(MOST_PAGES):
            found = tuple(_deployment(node) for node in connection["nodes"] if node and node["task"] == TASK)
            if found or not connection["pageInfo"]["hasNextPage"]:
                return found
            connection = self._question({"e0": (name, MORE, connection["pageInfo"]["endCursor"])})["e0"]
        # There may be one of ours behind all these. One that was never accepted triggers the project again, and the
        # next run sees that one's record; none at all would say that this run's own changes decide.
        return (Deployment(0, "", "", datetime.fromtimestamp(0, UTC)),)

    def _question(self, wanted: Mapping[str, tuple[str, int, str]]) -> dict[str, Any]:
        # Spelled out: GraphQL of 2018 knows no pair of surrogates, as JSON would escape an emoji.
        parts = {
            alias: f"deployments(environments: [{json.dumps(name, ensure_ascii=False)}], first: {most}, "
            + (f"after: {json.dumps(after)}, " if after else "")
            + "orderBy: {field: CREATED_AT, direction: DESC}) { ...Deployed }"
            for alias, (name, most, after) in wanted.items()
        }
        found = self._api.ask_parts("Deployments", parts, FIELDS)
        unknown = [name for alias, (name, _, _) in wanted.items() if not found.get(alias)]
        if unknown:
            # GitHub answers a part of a question where another part of it takes too long.
            raise GitHubRefused(f"GitHub does not show the deployments of {neutral.quoted(unknown[0])}.")
        return found

    def _made(self, environment: str, run: str) -> int:
        """The record that a lost answer was about, 0 where there is none."""
        data = self._question({"e0": (environment, NEWEST, "")})
        nodes = [node for node in data["e0"]["nodes"] if node and node["task"] == TASK]
        return next((int(node["databaseId"]) for node in nodes if _payload(node).get("run") == run), 0)


def _deployment(node: Mapping[str, Any]) -> Deployment:
    statuses = [each for name in ("statuses", "oldest") for each in (node.get(name) or {}).get("nodes") or ()]
    since = str(_payload(node).get("since") or "")
    tree = ((node.get("commit") or {}).get("tree") or {}).get("oid", "")
    return Deployment(
        id=int(node["databaseId"] or 0),
        commit=node["commitOid"],
        tree=tree,
        created=datetime.fromisoformat(node["createdAt"]).astimezone(UTC),
        states=tuple(dict.fromkeys(str(each["state"]).lower() for each in statuses if each)),
        since=since if is_object(since) else "",
        log_url=next((str(each["logUrl"]) for each in statuses if each and each["logUrl"]), ""),
    )


def _payload(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What whoever made the record wrote into it; GitHub hands JSON out as a text, at times as a text in a text."""
    value: object = node.get("payload")
    for _ in range(2):
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                return {}
    return value if isinstance(value, dict) else {}
