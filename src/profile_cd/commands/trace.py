"""The action's last step: one comment on the pull request that says which pipelines its merge started."""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd import fanout, inputs
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Comments, Deployments, GitHubApi
from profile_cd.services.runner import Runner


def run(environment: Mapping[str, str]) -> int:
    """Ask what became of each project's deployment, and write it down. Returns the exit code."""
    runner = Runner(inputs.runner_files(environment))
    asked = inputs.of_trace(environment)
    runner.mask(asked.token)
    if not asked.number:
        runner.say("Nothing was merged in this run, so there is nothing to trace.")
        return 0
    api = GitHubApi(asked.repository, asked.token, asked.api_url, SystemClock(), debug=runner.debug)
    deployments = Deployments(api).of([project.deployed_as for project in asked.projects])
    comments = Comments(api)
    about = fanout.Traced(comments.title(asked.number), asked.commit, asked.commit_url, asked.announced, asked.upstream)
    text = fanout.comment(about, asked.projects, deployments)
    comments.put(asked.number, fanout.MARK, text)
    runner.summarise(f"{text.partition(chr(10))[2]}\n")
    return 0
