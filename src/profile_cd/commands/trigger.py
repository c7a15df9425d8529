"""The action's second step: start the GitLab pipelines of the projects that lag behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd import inputs, neutral, report
from profile_cd.errors import ProfileError, unexpected
from profile_cd.inputs import Entry, Trigger
from profile_cd.services.clock import SystemClock
from profile_cd.services.gitlab import Pace, Pipelines
from profile_cd.services.repository import Deployments, GitHubApi
from profile_cd.services.runner import Runner
from profile_cd.services.web import Limits
from profile_cd.steps.trigger import Services, Triggered, trigger


def run(environment: Mapping[str, str]) -> int:
    """Trigger each project in turn; one that fails stops no other. Returns the exit code: a refusal is red."""
    runner = Runner(inputs.runner_files(environment))
    runner.mask(*inputs.trigger_secrets(environment))
    asked = inputs.of_trigger(environment, runner.event())
    services = _services(asked, runner)
    ends: list[Triggered] = []
    for entry in asked.entries:
        ends.append(_one(services, entry))
        # The runner shows ten errors of a step, and the one that sums up comes last; the log and the summary have all.
        if ends[-1].red and sum(each.red for each in ends) < report.MOST_ANNOTATIONS:
            runner.fail(f"{entry.project.name}: {_why(ends[-1])}")
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


def _one(services: Services, entry: Entry) -> Triggered:
    try:
        done = trigger(services, entry)
    except Exception as error:  # noqa: BLE001  # a mistake of ours is one project's, too
        done = Triggered(entry, "refused", str(unexpected(error, ProfileError)), red=True)
    name, pipeline = entry.project.name, done.pipeline
    what = f"pipeline {pipeline.id} {done.status} {pipeline.url}" if pipeline else done.status
    services.runner.say(f"{name}: {what} {done.words}".rstrip())
    return done


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
