"""`profile-cd check`: what of tokens, settings, PROJECTS and manifests is fine, and what to set where."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence

from profile_cd import inputs, neutral
from profile_cd.checks import Line, Wanted
from profile_cd.services import terminal
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import GitHubApi
from profile_cd.steps import check, local
from profile_cd.steps.check import Asked

STYLES = {"fine": "green", "set": "yellow", "unknown": "dim"}


def run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Ask GitHub and the registries and say what they show; change nothing. 1 where something must be set, else 0."""
    asked, clock = inputs.of_check(arguments, environment), SystemClock()
    debug = terminal.debug(*asked.tokens.values()) if asked.local.debug else None
    apis = {
        name: GitHubApi(asked.repository, each, asked.local.api_url, clock, debug=debug)
        for name, each in asked.tokens.items()
    }
    # A person's token stands in for the workflow's own, unless that of `merge-token` is given, too.
    wanted = Wanted(own="merge-token" in asked.tokens)
    about = Asked(asked.base, asked.projects, asked.faults, asked.given, reads=True, wanted=wanted)
    lines = [*check.settings(apis, about, clock)]
    lines += check.manifests(local.planned(asked.local).plan.failures)
    if asked.local.json:
        said = [{"level": each.level, "words": each.words} for each in lines]
        print(json.dumps({"schema": 1, "lines": said}, indent=2))
    else:
        _show(lines)
    return 1 if any(each.level == "set" for each in lines) else 0


def _show(lines: Sequence[Line]) -> None:
    for each in lines:
        terminal.prose(f"{each.level:7}  {neutral.line(each.words, 1000)}", STYLES[each.level], hanging=9)
    counts = {level: sum(each.level == level for each in lines) for level in ("fine", "set", "unknown")}
    words = f"{counts['fine']} fine, {counts['set']} to set, {counts['unknown']} that this token cannot know."
    terminal.end(words, good=not counts["set"])
