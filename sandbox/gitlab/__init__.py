"""GitLab in the sandbox: triggers, pipelines, and its own words for every refusal."""

from sandbox.gitlab.site import TROUBLES, GitLab, GitLabProject, Pipeline

__all__ = ["TROUBLES", "GitLab", "GitLabProject", "Pipeline"]
