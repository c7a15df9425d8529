"""What was asked of us: the one place that reads the environment, for every command, into frozen values.

The environment is always handed in, so that every reading of it is a plain call.
"""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd.inputs.check import Check, of_check
from profile_cd.inputs.dispatch import Dispatch, Downstream, Unusable, of_dispatch
from profile_cd.inputs.github import GitHubContext
from profile_cd.inputs.local import Local, of_terminal
from profile_cd.inputs.machine import LoginFiles, RunnerFiles, cache_directory, debugs, login_files, runner_files
from profile_cd.inputs.options import COMMANDS, parser
from profile_cd.inputs.registry import registry_logins
from profile_cd.inputs.trace import Trace, of_trace
from profile_cd.inputs.trigger import Entry, Trigger, of_trigger, trigger_secrets
from profile_cd.inputs.update import MergeMethod, MergeMode, ReviewMode, Update, of_update

__all__ = [
    "COMMANDS",
    "Check",
    "Dispatch",
    "Downstream",
    "Entry",
    "GitHubContext",
    "Local",
    "LoginFiles",
    "MergeMethod",
    "MergeMode",
    "ReviewMode",
    "RunnerFiles",
    "Trace",
    "Trigger",
    "Unusable",
    "Update",
    "cache_directory",
    "debugs",
    "login_files",
    "of_check",
    "of_dispatch",
    "of_terminal",
    "of_trace",
    "of_trigger",
    "of_update",
    "parser",
    "registry_logins",
    "runner_files",
    "trigger_secrets",
    "under_actions",
]


def under_actions(environment: Mapping[str, str]) -> bool:
    """Whether GitHub's runner started us."""
    return environment.get("GITHUB_ACTIONS") == "true"
