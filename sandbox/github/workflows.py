"""The workflows of a repository, as far as somebody outside can start them: read from the files that are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from sandbox.github.refusals import Refused
from sandbox.github.repository import Repository

FOLDER = ".github/workflows"
MOST_INPUTS = 25


def file(repository: Repository, name: str, ref: str) -> Mapping[str, Any] | None:
    """The workflow *name* at *ref*; None where there is no such file, and nothing in it where it is no YAML."""
    commit = repository.git.resolve(ref)
    entry = repository.git.at(repository.git.commit(commit).tree, f"{FOLDER}/{name}") if commit else None
    found = repository.git.object(entry.oid) if entry else None
    if found is None:
        return None
    # BaseLoader: to YAML 1.1, `on` is a truth value.
    loaded = yaml.load(found.data, Loader=yaml.BaseLoader)
    return loaded if isinstance(loaded, dict) else {}


def starts_on(workflow: Mapping[str, Any], event: str) -> Mapping[str, Any] | None:
    """What a workflow says of *event*; None where it does not start on it."""
    events = workflow.get("on")
    if isinstance(events, str):
        events = [events]
    if isinstance(events, list):
        return {} if event in events else None
    if not isinstance(events, dict) or event not in events:
        return None
    said = events[event]
    return said if isinstance(said, dict) else {}


def check_inputs(event: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse inputs that a `workflow_dispatch` does not have, and the lack of those that it requires."""
    known: Mapping[str, Any] = event.get("inputs") or {}
    if len(given) > MOST_INPUTS:
        raise Refused(422, f"Invalid request.\n\nNo more than {MOST_INPUTS} properties are allowed.")
    unexpected = [name for name in given if name not in known]
    if unexpected:
        listed = ", ".join(f'"{name}"' for name in unexpected)
        raise Refused(422, f"Unexpected inputs provided: [{listed}]")
    for name, each in known.items():
        required = isinstance(each, dict) and each.get("required") == "true" and "default" not in each
        if required and name not in given:
            raise Refused(422, f"Required input '{name}' not provided")
