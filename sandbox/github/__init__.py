"""GitHub in the sandbox: its REST and GraphQL interfaces and git over HTTP, on real git repositories."""

from sandbox.github.deployments import Deployment, Status
from sandbox.github.hosted import HostedRepository
from sandbox.github.people import person
from sandbox.github.pulls import AutoMerge, PullRequest, Settings
from sandbox.github.repository import Repository
from sandbox.github.site import GitHub
from sandbox.github.state import Dispatch, Write

__all__ = [
    "AutoMerge",
    "Deployment",
    "Dispatch",
    "GitHub",
    "HostedRepository",
    "PullRequest",
    "Repository",
    "Settings",
    "Status",
    "Write",
    "person",
]
