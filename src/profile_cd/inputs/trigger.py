"""The inputs of the trigger step: one project of the matrix, or all of them in one job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from profile_cd import fanout, neutral
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Project
from profile_cd.inputs.github import api_url
from profile_cd.inputs.texts import Given, text
from profile_cd.model import OBJECT, is_object

NOW = "Write ${{ toJSON(matrix.project) }} as in the README's example, or use `projects` and `trigger-tokens`."
_COMMIT = re.compile(f"/commit/({OBJECT})$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One project to trigger, and what its pipeline shows: *message* and *commit_url*.

    *commit* is what it deploys; *since* is the commit of its newest accepted deployment, *reason* why it lags.
    """

    project: Project
    token: Secret
    message: str
    commit_url: str
    commit: str
    since: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The inputs of trigger/action.yml. *wait* is in seconds; *run* names this run and its attempt.

    *faults* are lines of `trigger-tokens` that cannot be used, which stop no project but their own.
    """

    entries: tuple[Entry, ...]
    token: Secret
    read_token: Secret
    wait: int
    repository: str
    api_url: str
    run: str
    run_url: str
    faults: tuple[CannotStart, ...] = ()


def trigger_secrets(environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """What must be masked before anything else is read."""
    names = ("trigger-token", "token", "read-token")
    tokens = (token for _, token in _tokens(environment))
    return (*(Secret(text(environment, name)) for name in names), *tokens)


def of_trigger(environment: Mapping[str, str], event: Mapping[str, Any]) -> Trigger:
    """The inputs of one trigger step. Raises CannotStart with everything that is wrong.

    *event* is the parsed file at GITHUB_EVENT_PATH: without a first job, a push is shown as it is.
    """
    given = Given(environment)
    none: tuple[Entry, ...] = ()
    entries = given.read(lambda: _entries(environment, event), none)
    given.token("trigger-token")
    faults = tuple(_unusable(environment))
    if not _tokens(environment):
        given.wrong.extend(faults)
    token, read_token, wait = given.token("token"), given.token("read-token"), given.seconds("wait")
    given.check()
    server = environment.get("GITHUB_SERVER_URL", "")
    repository, run = environment.get("GITHUB_REPOSITORY", ""), environment.get("GITHUB_RUN_ID", "")
    return Trigger(
        entries=entries,
        token=token,
        read_token=read_token,
        wait=wait,
        repository=repository,
        api_url=api_url(environment),
        run=f"{run}.{environment.get('GITHUB_RUN_ATTEMPT', '1')}",
        run_url=f"{server}/{repository}/actions/runs/{run}",
        faults=faults,
    )


def _entries(environment: Mapping[str, str], event: Mapping[str, Any]) -> tuple[Entry, ...]:
    one, several = text(environment, "project"), text(environment, "projects")
    if bool(one) == bool(several):
        what = "Both `project` and `projects` are given." if one else "The input `project` is empty."
        raise CannotStart(what, now=NOW)
    if one:
        project, beside = fanout.entry(one)
        return (_entry(project, beside, Secret(text(environment, "trigger-token")), environment, event),)
    tokens = dict(_tokens(environment))
    none = Secret("")
    return tuple(
        _entry(project, beside, tokens.get(project.name, none), environment, event)
        for project, beside in fanout.entries(several)
    )


def _unusable(environment: Mapping[str, str]) -> Iterator[CannotStart]:
    """Lines of `trigger-tokens` that name no project, or one again; their text may be a token, and is never shown."""
    named: dict[str, int] = {}
    for number, line in enumerate(text(environment, "trigger-tokens").splitlines(), 1):
        where = f"Line {number} of the input `trigger-tokens`"
        name = line.rpartition("=")[0].strip()
        if line.strip() and not name:
            yield CannotStart(f"{where} names no project.", now="Write `name=token`, one a line.")
        elif name in named:
            yield CannotStart(f"{where} names the project of line {named[name]} again.", now="Take one of them out.")
        elif name:
            named[name] = number


def _tokens(environment: Mapping[str, str]) -> list[tuple[str, Secret]]:
    """The lines `name=token` of the one-job form; a name may hold a `=`, a token never does."""
    lines = [line.strip().rpartition("=") for line in text(environment, "trigger-tokens").splitlines() if line.strip()]
    return [(name.strip(), Secret(token.strip())) for name, equals, token in lines if equals]


def _entry(
    project: Project,
    beside: Mapping[str, object],
    token: Secret,
    environment: Mapping[str, str],
    event: Mapping[str, Any],
) -> Entry:
    head = event.get("head_commit")
    head = head if isinstance(head, dict) else {}
    sha = environment.get("GITHUB_SHA", "")
    here = f"{environment.get('GITHUB_SERVER_URL', '')}/{environment.get('GITHUB_REPOSITORY', '')}"
    message = str(beside.get("message") or head.get("message") or "")
    url = str(beside.get("commit-url") or head.get("url") or f"{here}/commit/{sha}")
    named = _COMMIT.search(url)
    since = str(beside.get("since") or "")
    return Entry(
        project=project,
        token=token,
        message=neutral.line(message.partition("\n")[0]),
        commit_url=url,
        commit=named[1] if named else sha,
        since=since if is_object(since) else "",
        reason=neutral.line(str(beside.get("reason") or ""), 140),
    )
