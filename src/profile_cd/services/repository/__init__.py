"""The repository on GitHub: branches, commits, pull requests, history."""

from __future__ import annotations

from profile_cd.errors import Uncertain
from profile_cd.services.repository.answers import Said, refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.comments import Comments
from profile_cd.services.repository.commits import Commit, Repository, blob_name
from profile_cd.services.repository.deployments import Deployments
from profile_cd.services.repository.dispatches import Dispatches
from profile_cd.services.repository.history import History
from profile_cd.services.repository.pull_requests import PullRequests
from profile_cd.services.repository.refs import Branches
from profile_cd.services.repository.trees import Trees

__all__ = [
    "Branches",
    "Comments",
    "Commit",
    "Deployments",
    "Dispatches",
    "GitHubApi",
    "History",
    "PullRequests",
    "Repository",
    "Said",
    "Trees",
    "Uncertain",
    "blob_name",
    "refused",
]
