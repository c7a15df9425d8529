"""The action's second step: start the GitLab pipeline of one project."""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd import inputs, neutral
from profile_cd.errors import PipelineRefused
from profile_cd.services.clock import SystemClock
from profile_cd.services.pipelines import Pipelines
from profile_cd.services.runner import Runner


def run(environment: Mapping[str, str]) -> int:
    """Trigger the project of the input `project`. Returns the exit code; a refusal is red."""
    runner = Runner(inputs.runner_files(environment))
    runner.mask(*inputs.trigger_secrets(environment))
    asked = inputs.of_trigger(environment, runner.event())
    name = asked.project.name
    variables = {"CD_UPDATE_PROFILE": "true", "CD_MESSAGE": asked.message, "CD_COMMIT_URL": asked.commit_url}
    try:
        pipeline = Pipelines(SystemClock()).trigger(asked.project, asked.trigger_token, variables)
    except PipelineRefused as error:
        runner.set_outputs({"pipeline-id": "", "pipeline-url": "", "status": "refused"})
        runner.summarise(f"**{neutral.markdown(name)}**: {neutral.sentence(str(error))}\n")
        raise
    runner.set_outputs({"pipeline-id": str(pipeline.id), "pipeline-url": pipeline.url, "status": pipeline.status})
    note = " GitLab's first answer was lost, so there may be two." if pipeline.doubled else ""
    runner.say(f"{name}: pipeline {pipeline.id} {pipeline.status} {pipeline.url}{note}")
    shown = neutral.link(f"pipeline {pipeline.id}", pipeline.url)
    runner.summarise(f"**{neutral.markdown(name)}**: {shown} {neutral.code(pipeline.status)}{note}\n")
    return 0
