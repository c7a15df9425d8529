"""The inputs of the trace step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from profile_cd import fanout
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Project
from profile_cd.inputs.github import API_URL, SERVER_URL
from profile_cd.inputs.texts import text

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Trace:
    """The inputs of trace/action.yml. *number* is 0 where nothing was merged, so that there is nothing to trace."""

    number: int
    commit: str
    commit_url: str
    projects: tuple[Project, ...]
    announced: str
    upstream: str
    token: Secret
    repository: str
    api_url: str


def of_trace(environment: Mapping[str, str]) -> Trace:
    """The inputs of one trace step. Raises CannotStart."""
    number, commit = text(environment, "pull-request-number"), text(environment, "commit")
    if number and not (number.isascii() and number.isdecimal() and len(number) < 12):  # noqa: PLR2004
        raise CannotStart(
            "The input `pull-request-number` is no number.", now="Use the first job's output of that name."
        )
    if commit and not _COMMIT.fullmatch(commit):
        raise CannotStart("The input `commit` is no commit.", now="Use the first job's output `merge-sha`.")
    repository = environment.get("GITHUB_REPOSITORY", "")
    projects, _ = fanout.read(text(environment, "projects"))
    published = text(environment, "image") or text(environment, "chart")
    tag = text(environment, "tag")
    return Trace(
        number=int(number or "0") if commit else 0,
        commit=commit,
        commit_url=f"{environment.get('GITHUB_SERVER_URL') or SERVER_URL}/{repository}/commit/{commit}",
        projects=projects,
        announced=" ".join(part for part in (published, tag) if part and published),
        upstream=text(environment, "upstream"),
        token=Secret(text(environment, "token")),
        repository=repository,
        api_url=environment.get("GITHUB_API_URL") or API_URL,
    )
