"""`profile-cd check`: what of tokens, settings, PROJECTS and manifests is fine, and what to set where."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence

from profile_cd import checks, inputs, neutral, report
from profile_cd.checks import Line
from profile_cd.errors import GitHubRefused
from profile_cd.inputs import Check
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import GitHubApi, Settings
from profile_cd.steps import local


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Ask GitHub and the registries and say what they show; change nothing. 1 where something must be set, else 0."""
    asked = inputs.of_check(arguments, environment)
    lines = [*_github(asked), *_projects(asked), *_manifests(asked)]
    if asked.local.json:
        said = [{"level": each.level, "words": each.words} for each in lines]
        print(json.dumps({"schema": 1, "lines": said}, indent=2))
    else:
        _show(lines)
    return 1 if any(each.level == "set" for each in lines) else 0


def _github(asked: Check) -> Sequence[Line]:
    clock = SystemClock()
    api = GitHubApi(asked.repository, asked.local.token, asked.local.api_url, clock)
    try:
        facts = Settings(api).look(asked.base)
    except GitHubRefused as error:
        return [Line("set", str(error))]
    return checks.found(facts, asked.projects, clock.now())


def _projects(asked: Check) -> Sequence[Line]:
    return [Line("set", each.message) for each in asked.faults]


def _manifests(asked: Check) -> Sequence[Line]:
    _, _, planned = local.planned(asked.local)
    failed = [Line("set", report.at_line(each)) for each in planned.failures]
    return failed or [Line("fine", f"Every manifest can be asked: {report.sum_up(planned)}")]


def _show(lines: Sequence[Line]) -> None:
    for each in lines:
        print(f"{each.level:7}  {neutral.line(each.words, 1000)}")
    counts = {level: sum(each.level == level for each in lines) for level in ("fine", "set", "unknown")}
    print(f"{counts['fine']} fine, {counts['set']} to set, {counts['unknown']} that this token cannot know.")
