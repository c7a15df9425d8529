"""GitLab in the sandbox: triggers, pipelines, and its own words for every refusal."""

from sandbox.gitlab.projects import GitLabProject, Pipeline, ReadToken
from sandbox.gitlab.site import GitLab
from sandbox.gitlab.troubles import TROUBLES, Trouble

__all__ = ["TROUBLES", "GitLab", "GitLabProject", "Pipeline", "ReadToken", "Trouble"]
