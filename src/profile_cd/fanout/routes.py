"""Which projects lag behind which commit, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from profile_cd.fanout.projects import Project


@dataclass(frozen=True, slots=True)
class Route:
    """A project whose pipeline must run. *reason* is for people."""

    project: Project
    reason: str


def routes(projects: Sequence[Project], changed: Sequence[str]) -> tuple[Route, ...]:
    """The projects that the *changed* paths concern.

    A consumer merges YAML files by name and does not descend into dot directories, so nothing else counts.
    """
    deployed = [path for path in changed if is_deployed(path)]
    found = []
    for project in projects:
        paths = [path for path in deployed if concerns(project, path)]
        if paths:
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            found.append(Route(project, f"{paths[0]}{more} changed"))
    return tuple(found)


def everybody(projects: Sequence[Project], reason: str) -> tuple[Route, ...]:
    """All projects, for one *reason*: a pipeline too many is better than one that is lost."""
    return tuple(Route(project, reason) for project in projects)


def is_deployed(path: str) -> bool:
    """Whether consumers merge this file."""
    parts = PurePosixPath(path).parts
    return path.endswith((".yaml", ".yml")) and not any(part.startswith(".") for part in parts)


def concerns(project: Project, path: str) -> bool:
    """Whether a project's `files` name this path; without any, every path does."""
    return not project.files or any(fnmatchcase(path, glob) for glob in project.files)


def matrix(found: Sequence[Route], message: str, commit_url: str) -> list[dict[str, object]]:
    """The entries for the second job's matrix: names of secrets, never the secrets."""
    return [{**route.project.matrix_entry(), "message": message, "commit-url": commit_url} for route in found]
