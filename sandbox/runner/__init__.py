"""The GitHub runner: what a step is given, how it is started, and what is read out of it."""

from sandbox.runner import events
from sandbox.runner.events import Event
from sandbox.runner.forks import ForkServer, fork_server
from sandbox.runner.runner import Runner, StepResult
from sandbox.runner.step_environment import PROJECT, definition, github_context, input_variables
from sandbox.runner.workflow_commands import (
    Annotation,
    FileCommandRefused,
    Level,
    job_outputs,
    listen,
    read_outputs,
)

__all__ = [
    "PROJECT", "Annotation", "Event", "FileCommandRefused", "ForkServer", "Level", "Runner", "StepResult",
    "definition", "events", "fork_server", "github_context", "input_variables", "job_outputs", "listen", "read_outputs",
]  # fmt: skip
