"""`profile-cd dispatch`: a CI job says what it has published; each profile repository starts its workflow."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from profile_cd import inputs, neutral
from profile_cd.errors import ProfileError, Uncertain
from profile_cd.inputs import Dispatch, Downstream
from profile_cd.services import terminal
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Dispatches, GitHubApi


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Start each repository in turn. The exit code is 1 where one could not be started; the others are."""
    asked = inputs.of_dispatch(arguments, environment)
    failed = [each.variable for each in asked.unusable]
    for each in asked.unusable:
        _complain(f"{each.variable}: {each.reason}")
    for downstream in asked.downstream:
        try:
            page = _start(asked, downstream)
        except (ProfileError, Uncertain) as error:
            failed.append(downstream.variable)
            _complain(f"{downstream.variable}: {error}")
        else:
            what = asked.event or asked.workflow
            print(neutral.line(f"{downstream.repository}: started {page or what}", 500), flush=True)
    if failed:
        _complain(f"Not started: {', '.join(failed)}.")
    return 1 if failed else 0


def _start(asked: Dispatch, downstream: Downstream) -> str:
    """The page of the run that was started, empty where GitHub does not say. Raises GitHubRefused."""
    clock = SystemClock()
    debug = terminal.debug(downstream.token) if asked.debug else None
    api = GitHubApi(downstream.repository, downstream.token, asked.api_url, clock, debug=debug)
    dispatches = Dispatches(api, clock)
    if asked.event:
        return dispatches.event(asked.event, asked.inputs)
    return dispatches.workflow(asked.workflow, asked.ref or api.default_branch(), asked.inputs)


def _complain(text: str) -> None:
    terminal.prose(f"profile-cd: {neutral.line(text, 2000)}", "red", error=True)
