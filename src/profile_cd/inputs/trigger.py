"""The inputs of the trigger step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from profile_cd import bounded_json, neutral
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Project, projects
from profile_cd.inputs.texts import text

NOW = "Write ${{ toJSON(matrix.project) }} as in the README's example."


@dataclass(frozen=True, slots=True)
class Trigger:
    """The inputs of trigger/action.yml. *message* and *commit_url* are what the pipeline shows."""

    project: Project
    trigger_token: Secret
    token: Secret
    message: str
    commit_url: str


def trigger_secrets(environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """What must be masked before anything else is read."""
    return Secret(text(environment, "trigger-token")), Secret(text(environment, "token"))


def of_trigger(environment: Mapping[str, str], event: Mapping[str, Any]) -> Trigger:
    """The inputs of one trigger step. Raises CannotStart.

    *event* is the parsed file at GITHUB_EVENT_PATH: without a first job, a push is shown as it is.
    """
    given = _entry(text(environment, "project"))
    head = event.get("head_commit")
    head = head if isinstance(head, dict) else {}
    repository = f"{environment.get('GITHUB_SERVER_URL', '')}/{environment.get('GITHUB_REPOSITORY', '')}"
    message = str(given.get("message") or head.get("message") or "")
    url = given.get("commit-url") or head.get("url") or f"{repository}/commit/{environment.get('GITHUB_SHA', '')}"
    trigger_token, token = trigger_secrets(environment)
    return Trigger(
        projects.entry(given, "the input `project`"),
        trigger_token,
        token,
        neutral.line(message.partition("\n")[0]),
        str(url),
    )


def _entry(value: str) -> dict[str, Any]:
    if not value:
        raise CannotStart("The input `project` is empty.", now=NOW)
    try:
        entry = bounded_json.loads(value)
    except bounded_json.NoJson as error:
        raise CannotStart(f"The input `project` is {error}.", now=NOW) from error
    if not isinstance(entry, dict):
        raise CannotStart("The input `project` is not an object.", now=NOW)
    return entry
