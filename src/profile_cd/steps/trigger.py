"""One project's pipeline: recorded, started, settled, and followed where that is wanted.

The record is made before GitLab is asked: a run that is killed between the two leaves one that nobody settles, which
counts as not triggered after ten minutes, so that the next run triggers again (design decision 8).
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from profile_cd.errors import GitHubRefused, ProfileError
from profile_cd.fanout import Deployment
from profile_cd.inputs import Entry, Trigger
from profile_cd.services.gitlab import ENDS, Pace, Pipeline, Pipelines
from profile_cd.services.repository import Deployments
from profile_cd.services.runner import Runner
from profile_cd.steps.so_far import words_of

ENDED_WELL = frozenset({"success", "manual"})
SETTLED = frozenset({"success", "failure", "inactive", "error"})
_NUMBER = re.compile(r"/pipelines/([0-9]{1,20})$")


@dataclass(frozen=True, slots=True)
class Services:
    """What a trigger needs of the outside. *beside* is *deployments* over a connection of its own, for a thread."""

    asked: Trigger
    pipelines: Pipelines
    deployments: Deployments
    beside: Deployments
    runner: Runner
    pace: Pace


@dataclass(frozen=True, slots=True)
class Triggered:
    """What became of one project: GitLab's word for it, and ours for people. *red* ends the step with a failure.

    *number* is that of its record, 0 without one.
    """

    entry: Entry
    status: str
    words: str = ""
    pipeline: Pipeline | None = None
    red: bool = False
    number: int = 0


def trigger(services: Services, entry: Entry) -> Triggered:
    """Start the pipeline of one project, whatever GitHub says to its record."""
    with ThreadPoolExecutor(1, "earlier") as beside:
        known = beside.submit(_earlier, services, entry)
        number = _record(services, entry)
        beside.submit(_settle_earlier, services, entry, known.result(), number)
        return _triggered(services, entry, number)


def _triggered(services: Services, entry: Entry, number: int) -> Triggered:
    services.pace.wait()
    try:
        pipeline = services.pipelines.trigger(entry.project, entry.token, _variables(entry))
    except ProfileError as error:
        _settle(services, entry, number, "error", description=error.what)
        return Triggered(entry, "refused", str(error), red=True)
    _settle(services, entry, number, "in_progress", description=_note(pipeline), log_url=pipeline.url)
    return Triggered(entry, pipeline.status, _note(pipeline), pipeline, number=number)


def followed(services: Services, done: Triggered) -> Triggered:
    """*done*, once its pipeline has ended or the time is over, where it is to be waited for."""
    entry, pipeline, number = done.entry, done.pipeline, done.number
    seconds = entry.project.wait or services.asked.wait
    if pipeline is None or not seconds:
        return done
    status = services.pipelines.follow(entry.project, pipeline, seconds)
    if not status:
        words = "GitLab does not show it: give the input `read-token` a token with `read_api`."
        return Triggered(entry, pipeline.status, f"{done.words} {words}".strip(), pipeline)
    if status not in ENDS:
        return Triggered(entry, status, f"{done.words} It has not ended after {seconds} s.".strip(), pipeline)
    if status == "manual":
        return Triggered(entry, status, f"{done.words} It waits for somebody to start a job by hand.".strip(), pipeline)
    well = status in ENDED_WELL
    state = "success" if well else "failure"
    _settle(services, entry, number, state, description=f"Pipeline {status}", log_url=pipeline.url)
    return Triggered(entry, status, done.words, pipeline, red=not well)


def _note(pipeline: Pipeline) -> str:
    if pipeline.found:
        return "GitLab's answer was lost; this pipeline was started meanwhile."
    return "GitLab's first answer was lost, so there may be two." if pipeline.doubled else ""


def _variables(entry: Entry) -> dict[str, str]:
    """What the consumer reads, and the project's own. None are sent to a project that takes none."""
    if entry.project.variables is None:
        return {}
    ours = {"CD_UPDATE_PROFILE": "true", "CD_MESSAGE": entry.message, "CD_COMMIT_URL": entry.commit_url}
    return {**entry.project.variables, **ours}


def _record(services: Services, entry: Entry) -> int:
    """The number of the new record, 0 where GitHub takes none: the pipeline is started all the same."""
    payload = {"run": f"{services.asked.run}.{entry.project.name}", "since": entry.since}
    words = services.runner.hidden(entry.reason or entry.message)
    try:
        return services.deployments.create(entry.commit, entry.project.deployed_as, description=words, payload=payload)
    except Exception as error:  # noqa: BLE001  # a mistake of ours is no reason either to start no pipeline
        services.runner.warn(
            f"The deployment of {entry.project.name} is not recorded, so the next run may trigger it again. "
            f"{words_of(error)}"
        )
        return 0


def _settle(services: Services, entry: Entry, number: int, state: str, *, description: str, log_url: str = "") -> None:
    """Say what became of a record. It is public, and GitLab may repeat a token in its words: no runner masks them."""
    if not number:
        return
    words = services.runner.hidden(description)
    try:
        services.deployments.settle(number, state, description=words, log_url=log_url)
    except GitHubRefused as error:
        services.runner.warn(
            f"What became of the deployment of {entry.project.name} is not recorded: {error} "
            "The next run triggers it again, unless its start was recorded."
        )


def _earlier(services: Services, entry: Entry) -> tuple[Deployment, ...]:
    """Records of the project that nobody has waited for."""
    try:
        found = services.beside.of([entry.project.deployed_as])[entry.project.deployed_as]
    except Exception:  # noqa: BLE001  # they are only tidied up: whatever it is, the pipeline is started
        return ()
    return tuple(each for each in found if each.accepted and SETTLED.isdisjoint(each.states))


def _settle_earlier(services: Services, entry: Entry, earlier: tuple[Deployment, ...], number: int) -> None:
    """Say how the pipelines of *earlier* records ended, as far as GitLab shows it; else that they are inactive.

    Accepted they stay: what counts is that they were ever in progress.
    """
    for each in earlier:
        if each.id == number:
            continue
        found = _NUMBER.search(each.log_url)
        status = services.pipelines.status(entry.project, int(found[1])) if found else ""
        if status is None or (status and status not in ENDS):
            # It still runs, or GitLab does not answer at the moment: the next trigger looks again.
            continue
        state = {"success": "success", "failed": "failure", "canceled": "failure"}.get(status, "inactive")
        try:
            words = f"Pipeline {status or 'superseded'}"
            services.beside.settle(each.id, state, description=words, log_url=each.log_url)
        except GitHubRefused:
            return
