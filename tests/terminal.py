"""The commands of a terminal as the tests start them, and what they leave behind."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from sandbox.runner import fork_server

PROFILE_CD = str(Path(sys.executable).with_name("profile-cd"))
"""The command as it is installed, for what only a process of its own can show."""


@dataclass(frozen=True)
class Done:
    """How a run ended, what it printed and how often it asked."""

    code: int
    output: str
    requests: int


def environment(world, profile, **more):
    """The variables of a person who runs the command in *world*; *profile* is their home, too."""
    return {"PATH": os.environ["PATH"], "HOME": str(profile), **world.environment(), **more}


def start(profile, *words, **environment):
    """The exit code and the output of a run in *profile*, errors and all."""
    return fork_server().run([*words, "--directory", str(profile)], cwd=profile, environment=environment, timeout=30)


def apart(profile, *words, **environment):
    """The same with standard output and standard error apart."""
    words = [*words, "--directory", str(profile)]
    return fork_server().run_apart(words, cwd=profile, environment=environment, timeout=30)


def run(world, profile, *words, **extra):
    """A run in *profile* in *world*."""
    before = len(world.street.exchanges)
    code, output = start(profile, *words, **{**world.environment(), **extra})
    asked = [each for each in world.street.exchanges[before:] if each.request.method != "CONNECT"]
    return Done(code, output.decode("utf-8"), len(asked))


def files(directory):
    """Path below *directory* → bytes."""
    places = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in places}
