"""The act `serve`: the small world, for one command or until it is interrupted."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from profile_cd.services.interrupts import INTERRUPTED
from sandbox.world import World


def main(words: list[str]) -> int:
    """Serve; the exit code is the command's. What was asked stands on stderr at the end."""
    split = words.index("--") if "--" in words else len(words)
    options, command = _parser().parse_args(words[:split]), words[split + 1 :]
    with _world(options) as world:
        code = _run(command, world) if command else _wait(world)
        print(f"sandbox: {world.summary()}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox serve", usage="%(prog)s [OPTION …] [-- COMMAND …]")
    parser.add_argument("--versions", type=Path, metavar="FILE", help="what is published (default: the example's)")
    parser.add_argument("--until", metavar="TIME", help="only what appeared by then, like 2025-10-29T16:15:33Z")
    parser.add_argument(
        "--profile", type=Path, metavar="FOLDER", help="publish what its files name too, with some history"
    )
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="one round trip to any host")
    return parser


def _world(options: argparse.Namespace) -> World:
    if options.versions is None and options.profile is None:
        return World.of_example(until=options.until, latency=options.latency)
    return World.of_versions(options.versions, options.until, profile=options.profile, latency=options.latency)


def _run(command: list[str], world: World) -> int:
    # A command of this project's own environment is found without activating it.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    environment = {**os.environ, "PATH": path, **world.environment()}
    try:
        code = _waited(command, environment)
    except OSError as error:
        print(f"sandbox: {command[0]} cannot be started: {error.strerror}.", file=sys.stderr)
        return 127
    # As a shell says it: a negative number is a signal that ended the command.
    return code if code >= 0 else 128 - code


def _waited(command: list[str], environment: Mapping[str, str]) -> int:
    """The exit code of *command*, which decides by itself what a Ctrl-C means: a shell in the world lives on.

    A terminal sends it to the command as well as to us; where there is none, we hand it on.
    """
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(*_: object) -> None:
        if started and not (sys.stdin and sys.stdin.isatty()):
            started[0].send_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupted)
    try:
        started.append(subprocess.Popen(command, env=environment))
        return started[0].wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _wait(world: World) -> int:
    for host, address in world.addresses().items():
        print(f"# {address}  {host}")
    for name, value in world.environment().items():
        print(f"export {name}={shlex.quote(value)}")
    with suppress(KeyboardInterrupt):
        print("# Serving until Ctrl-C.", flush=True)
        threading.Event().wait()
    return INTERRUPTED
