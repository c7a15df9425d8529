"""The action's second step: start the GitLab pipeline of one project."""

from __future__ import annotations

import json
from collections.abc import Mapping

from profile_cd import neutral
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart, PipelineRefused
from profile_cd.fanout import projects
from profile_cd.services.clock import SystemClock
from profile_cd.services.pipelines import Pipelines
from profile_cd.services.runner import Runner


def run(environment: Mapping[str, str]) -> int:
    """Trigger the project of the input `project`. Returns the exit code; a refusal is red."""
    runner = Runner(environment)
    token = Secret(environment.get("INPUT_TRIGGER-TOKEN", "").strip())
    runner.mask(token, Secret(environment.get("INPUT_TOKEN", "").strip()))
    entry = _entry(environment.get("INPUT_PROJECT", ""))
    project = projects.entry(entry, "the input `project`")
    message, commit_url = _told(entry, environment, runner)
    variables = {"CD_UPDATE_PROFILE": "true", "CD_MESSAGE": message, "CD_COMMIT_URL": commit_url}
    try:
        pipeline = Pipelines(SystemClock()).trigger(project, token, variables)
    except PipelineRefused as error:
        runner.set_outputs({"pipeline-id": "", "pipeline-url": "", "status": "refused"})
        runner.summarise(f"**{neutral.markdown(project.name)}**: {neutral.sentence(str(error))}\n")
        raise
    runner.set_outputs({"pipeline-id": str(pipeline.id), "pipeline-url": pipeline.url, "status": pipeline.status})
    note = " GitLab's first answer was lost, so there may be two." if pipeline.doubled else ""
    runner.say(f"{project.name}: pipeline {pipeline.id} {pipeline.status} {pipeline.url}{note}")
    shown = neutral.link(f"pipeline {pipeline.id}", pipeline.url)
    runner.summarise(f"**{neutral.markdown(project.name)}**: {shown} {neutral.code(pipeline.status)}{note}\n")
    return 0


def _entry(text: str) -> dict[str, object]:
    if not text.strip():
        raise CannotStart(
            "The input `project` is empty.",
            now="Write ${{ toJSON(matrix.project) }} as in the README's example.",
        )
    try:
        entry = json.loads(text)
    except ValueError as error:
        raise CannotStart(
            f"The input `project` is not JSON: {error}.", now="Write ${{ toJSON(matrix.project) }}."
        ) from error
    if not isinstance(entry, dict):
        raise CannotStart("The input `project` is not an object.", now="Write ${{ toJSON(matrix.project) }}.")
    return entry


def _told(entry: Mapping[str, object], environment: Mapping[str, str], runner: Runner) -> tuple[str, str]:
    """The message and the commit's address: the first job's, else those of the push that we run on."""
    head = runner.event().get("head_commit")
    head = head if isinstance(head, dict) else {}
    repository = f"{environment.get('GITHUB_SERVER_URL', '')}/{environment.get('GITHUB_REPOSITORY', '')}"
    message = str(entry.get("message") or head.get("message") or "")
    url = entry.get("commit-url") or head.get("url") or f"{repository}/commit/{environment.get('GITHUB_SHA', '')}"
    return neutral.line(message.partition("\n")[0]), str(url)
