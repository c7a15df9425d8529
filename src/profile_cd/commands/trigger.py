"""The action's second step: start the GitLab pipelines of the projects that lag behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from profile_cd import inputs, neutral, report
from profile_cd.errors import ProfileError, unexpected
from profile_cd.inputs import Entry, Trigger
from profile_cd.services.clock import SystemClock
from profile_cd.services.gitlab import Pace, Pipelines
from profile_cd.services.repository import Deployments, GitHubApi
from profile_cd.services.runner import Runner
from profile_cd.services.web import Limits
from profile_cd.steps.trigger import Services, Triggered, followed, trigger


def run(environment: Mapping[str, str]) -> int:
    """Trigger each project in turn, and wait for them only then: none that fails, or goes on for hours, stops another.

    Returns the exit code: a refusal is red.
    """
    runner = Runner(inputs.runner_files(environment))
    runner.mask(*inputs.trigger_secrets(environment))
    asked = inputs.of_trigger(environment, runner.event())
    services = _services(asked, runner)
    started = dict(_started(services, asked.entries))
    refused = [each for each in started.values() if each.red]
    _complain(runner, refused)
    ends = [_end(services, started[place]) for place in sorted(started)]
    _complain(runner, [each for each in ends if each.red and each not in refused], len(refused))
    runner.set_outputs(_outputs(ends))
    runner.summarise(_summary(ends))
    for fault in asked.faults:
        runner.fail(str(fault))
    failed = [each.entry.project.name for each in ends if each.red]
    if len(ends) > 1 and failed:
        runner.fail(f"{len(failed)} of {len(ends)} projects failed: {', '.join(failed)}.")
    return 1 if failed or asked.faults else 0


def _services(asked: Trigger, runner: Runner) -> Services:
    clock = SystemClock()

    # The time of a run is meant for one project, and the last of hundreds is to be recorded as the first.
    limits = Limits(whole=30.0, run=300.0 + 5.0 * len(asked.entries))

    def deployments() -> Deployments:
        return Deployments(
            GitHubApi(asked.repository, asked.token, asked.api_url, clock, limits=limits, debug=runner.debug)
        )

    pipelines = Pipelines(clock, asked.read_token, debug=runner.debug)
    return Services(asked, pipelines, deployments(), deployments(), runner, Pace(clock))


def _started(services: Services, entries: Sequence[Entry]) -> Iterator[tuple[int, Triggered]]:
    """Each of *entries* by its place; those of a GitLab that is down come last, and keep no other one waiting."""
    later = []
    for place, entry in enumerate(entries):
        if services.pipelines.is_silent(entry.project):
            later.append((place, entry))
        else:
            yield place, _one(services, entry)
    for place, entry in later:
        yield place, _one(services, entry)


def _one(services: Services, entry: Entry) -> Triggered:
    try:
        done = trigger(services, entry)
    except Exception as error:  # noqa: BLE001  # a mistake of ours is one project's, too
        done = Triggered(entry, "refused", str(unexpected(error, ProfileError)), red=True)
    _say(services, done)
    return done


def _end(services: Services, started: Triggered) -> Triggered:
    try:
        done = followed(services, started)
    except Exception as error:  # noqa: BLE001  # as above; the pipeline runs
        done = replace(started, words=str(unexpected(error, ProfileError)), red=True)
    if done != started:
        _say(services, done)
    return done


def _say(services: Services, done: Triggered) -> None:
    name, pipeline = done.entry.project.name, done.pipeline
    what = f"pipeline {pipeline.id} {done.status} {pipeline.url}" if pipeline else done.status
    services.runner.say(f"{name}: {what} {done.words}".rstrip())


def _complain(runner: Runner, red: Sequence[Triggered], before: int = 0) -> None:
    """The runner shows ten errors of a step, and the one that sums up comes last; the log and the summary have all."""
    for each in red[: max(0, report.MOST_ANNOTATIONS - 1 - before)]:
        runner.fail(f"{each.entry.project.name}: {_why(each)}")


def _why(done: Triggered) -> str:
    return done.words or f"its pipeline ended as {done.status}."


def _outputs(ends: Sequence[Triggered]) -> dict[str, str]:
    """Of several projects only the status, which is `refused` where one was."""
    if len(ends) == 1:
        pipeline = ends[0].pipeline
        number, url = (str(pipeline.id), pipeline.url) if pipeline else ("", "")
        return {"pipeline-id": number, "pipeline-url": url, "status": ends[0].status}
    bad = next((each.status for each in ends if each.red), "")
    return {"pipeline-id": "", "pipeline-url": "", "status": bad or "created"}


def _summary(ends: Sequence[Triggered]) -> str:
    lines = []
    for each in ends:
        shown = neutral.link(f"pipeline {each.pipeline.id}", each.pipeline.url) if each.pipeline else ""
        parts = (f"**{neutral.markdown(each.entry.project.name)}**:", shown, neutral.code(each.status))
        lines.append(" ".join([*(part for part in parts if part), neutral.sentence(each.words)]).rstrip())
    return "\n\n".join(lines) + "\n"
