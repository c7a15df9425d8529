"""The environment that the GitHub runner gives a step: its context, and inputs over action.yml's defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Definition:
    """What an action.yml says of a step: its inputs' defaults, before expressions, and its arguments."""

    defaults: Mapping[str, str]
    args: tuple[str, ...] = ()


def github_context(event_name: str, event: Mapping[str, object], repository: str, api_url: str) -> dict[str, str]:
    """The `GITHUB_*` and `RUNNER_*` variables that do not depend on where the runner keeps its folders."""
    owner = repository.partition("/")[0]
    ref = str(event.get("ref") or "refs/heads/main")
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION": "__self",
        "GITHUB_ACTOR": owner,
        "GITHUB_API_URL": api_url,
        "GITHUB_BASE_REF": "",
        "GITHUB_EVENT_NAME": event_name,
        "GITHUB_GRAPHQL_URL": f"{api_url}/graphql",
        "GITHUB_HEAD_REF": "",
        "GITHUB_JOB": "update",
        "GITHUB_REF": ref if ref.startswith("refs/") else f"refs/heads/{ref}",
        "GITHUB_REF_NAME": ref.removeprefix("refs/heads/"),
        "GITHUB_REF_PROTECTED": "false",
        "GITHUB_REF_TYPE": "branch",
        "GITHUB_REPOSITORY": repository,
        "GITHUB_REPOSITORY_ID": "1",
        "GITHUB_REPOSITORY_OWNER": owner,
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": "1",
        "GITHUB_RUN_NUMBER": "1",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_SHA": str(event.get("after") or "0" * 40),
        "GITHUB_TRIGGERING_ACTOR": owner,
        "GITHUB_WORKFLOW": "Update",
        "GITHUB_WORKFLOW_REF": f"{repository}/.github/workflows/update.yml@refs/heads/main",
        "GITHUB_WORKFLOW_SHA": "0" * 40,
        "RUNNER_ARCH": "X64",
        "RUNNER_ENVIRONMENT": "github-hosted",
        "RUNNER_OS": "Linux",
    }


def definition(path: Path) -> Definition:
    """The action.yml at *path*; where there is none, an action without inputs."""
    if not path.exists():
        return Definition({})
    # A base loader: the runner, too, knows nothing but text here.
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    defaults = {name: (spec or {}).get("default", "") for name, spec in (loaded.get("inputs") or {}).items()}
    return Definition(defaults, tuple(loaded["runs"].get("args", ())))


def input_variables(
    inputs: Mapping[str, str], defaults: Mapping[str, str], context: Mapping[str, str]
) -> dict[str, str]:
    """`INPUT_*` of the *inputs* over an action's *defaults*: upper case, spaces to `_`, hyphens kept."""
    values = {**{name: _evaluate(text, context) for name, text in defaults.items()}, **inputs}
    return {f"INPUT_{name.replace(' ', '_').upper()}": value for name, value in values.items()}


def _evaluate(text: str, context: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{\s*github\.(\w+)\s*\}\}", lambda found: context.get(f"GITHUB_{found[1].upper()}", ""), text)
