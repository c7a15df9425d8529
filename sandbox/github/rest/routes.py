"""From a method and a path to the function that answers: the table of GitHub's REST interface in the sandbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from sandbox.github.calls import Handler, Routes
from sandbox.github.rest import (
    actions,
    deployments,
    dispatches,
    git,
    issues,
    merges,
    protection,
    pulls,
    releases,
    repos,
)

WITH_SLASHES = ("ref", "branch", "basehead", "tag", "path")
"""Variables that may hold slashes."""

TABLE: Routes = {
    **actions.ROUTES,
    **git.ROUTES,
    **pulls.ROUTES,
    **merges.ROUTES,
    **issues.ROUTES,
    **releases.ROUTES,
    **dispatches.ROUTES,
    **deployments.ROUTES,
    **protection.ROUTES,
    **repos.ROUTES,
}


@dataclass(frozen=True)
class Found:
    """Who answers, what permission it needs, and the variables of the path."""

    handler: Handler
    need: str
    parts: Mapping[str, str]


def pattern(template: str) -> re.Pattern[str]:
    """A path of GitHub's description as a regular expression."""
    parts = re.split(r"\{(\w+)\}", template)
    names = [f"(?P<{name}>{'.+' if name in WITH_SLASHES else '[^/]+'})" for name in parts[1::2]]
    plain = [re.escape(part) for part in parts[::2]]
    return re.compile("".join(a + b for a, b in zip(plain, [*names, ""], strict=True)))


_COMPILED = [(key.partition(" ")[0], pattern(key.partition(" ")[2]), *entry) for key, entry in TABLE.items()]


def find(method: str, path: str) -> Found | None:
    """The entry of the table for a request; None where there is none."""
    for verb, regex, need, handler in _COMPILED:
        matched = regex.fullmatch(path) if verb == method else None
        if matched:
            return Found(handler, need, {name: unquote(value) for name, value in matched.groupdict().items()})
    return None
