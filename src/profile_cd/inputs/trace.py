"""The inputs of the trace step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from profile_cd import fanout
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Project, Reading
from profile_cd.inputs.github import SERVER_URL, api_url
from profile_cd.inputs.texts import Given, number, text
from profile_cd.model import is_object
from profile_cd.neutral import quoted

LONGEST_NUMBER = 11
"""Digits of a pull request's number."""


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
    """The inputs of one trace step. Raises CannotStart with everything that is wrong."""
    given = Given(environment)
    pull, commit = given.read(lambda: _number(environment), 0), given.read(lambda: _commit(environment), "")
    nothing: Reading = ((), ())
    # What is wrong with single entries was said by the first job.
    projects, _ = given.read(lambda: fanout.read(text(environment, "projects")), nothing)
    token = given.own_token()
    given.check()
    repository, tag = environment.get("GITHUB_REPOSITORY", ""), text(environment, "tag")
    published = text(environment, "image") or text(environment, "chart")
    return Trace(
        number=pull if commit else 0,
        commit=commit,
        commit_url=f"{environment.get('GITHUB_SERVER_URL') or SERVER_URL}/{repository}/commit/{commit}",
        projects=projects,
        announced=" ".join(part for part in (published, tag) if part and published),
        upstream=text(environment, "upstream"),
        token=token,
        repository=repository,
        api_url=api_url(environment),
    )


def _number(environment: Mapping[str, str]) -> int:
    value = text(environment, "pull-request-number") or "0"
    found = number(value, LONGEST_NUMBER)
    if found is None:
        raise CannotStart(
            f"The input `pull-request-number` is {quoted(value)}.",
            now="Write a number, as the first job's output of that name is, or nothing where none was merged.",
        )
    return found


def _commit(environment: Mapping[str, str]) -> str:
    commit = text(environment, "commit")
    if commit and not is_object(commit):
        raise CannotStart(
            f"The input `commit` is {quoted(commit)}.",
            now="Write 40 or 64 digits of a commit, as the first job's output `merge-sha` is, or nothing.",
        )
    return commit
