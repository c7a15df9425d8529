"""Runs of the action without its imports: a process that has done them forks a child for each run.

Importing the product takes longer than most runs. So a process of its own (`fork_server.py`) imports everything once,
and each run is a fork of it: a real process with its own arguments, environment, folder and output, which can be
killed, but which starts in milliseconds. What a fork cannot show (that `entrypoint.py` finds its imports, that a new
interpreter is set up as it must be) is shown by runs in a fresh process.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from sandbox.runner.step_environment import PROJECT


class ForkServer:
    """Starts runs, from any thread; its own process starts with the first of them, and again where it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self.running: set[int] = set()
        """The numbers of the processes that have not ended."""

    def run(
        self, words: Sequence[str], *, cwd: Path, environment: Mapping[str, str], timeout: float
    ) -> tuple[int, bytes]:
        """Run `entrypoint.py` with the arguments *words*; returns its exit code and what it printed, errors and all.

        The code is the negative number of a signal that ended it. Raises subprocess.TimeoutExpired after *timeout*
        seconds, when it has been killed.
        """
        order = {"words": list(words), "cwd": str(cwd), "environment": dict(environment)}
        with tempfile.TemporaryFile() as output:
            code = self._ended(order, output, output, timeout)
            return code, _read(output)

    def run_apart(
        self, words: Sequence[str], *, cwd: Path, environment: Mapping[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """The same, with standard output and standard error apart."""
        order = {"words": list(words), "cwd": str(cwd), "environment": dict(environment)}
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            code = self._ended(order, output, errors, timeout)
            return subprocess.CompletedProcess([*words], code, _read(output).decode(), _read(errors).decode())

    def _ended(self, order: Mapping[str, object], output: BinaryIO, errors: BinaryIO, timeout: float) -> int:
        """The exit code of a run that writes into the two files."""
        with self._started(order, output, errors) as connection:
            connection.settimeout(timeout)
            with connection.makefile("r", encoding="ascii") as answers:
                number = int(answers.readline())
                self.running.add(number)
                try:
                    return int(answers.readline())
                except TimeoutError as error:
                    os.kill(number, signal.SIGKILL)
                    raise subprocess.TimeoutExpired(str(order["words"]), timeout) from error
                finally:
                    self.running.discard(number)

    def kill_runs(self) -> None:
        """Kill every run that has not ended, as a machine that vanishes would."""
        for number in list(self.running):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def close(self) -> None:
        """End the process; the next run starts another."""
        if self._orders is not None and self._process is not None:
            self._orders.close()
            self._process.wait()
            self._orders = self._process = None

    def _started(self, order: Mapping[str, object], output: BinaryIO, errors: BinaryIO) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            socket.send_fds(self._open(), [b"1"], [theirs.fileno(), output.fileno(), errors.fileno()])
        ours.sendall(json.dumps(order).encode("ascii") + b"\n")
        return ours

    def _open(self) -> socket.socket:
        if self._orders is not None and self._process is not None and self._process.poll() is None:
            return self._orders
        self.close()
        self._orders, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "sandbox.runner.fork_server"]
            # Held back until it ignores them: a Ctrl-C within its start would end it with a traceback.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._process = subprocess.Popen(command, cwd=PROJECT, stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return self._orders


def _read(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


@cache
def fork_server() -> ForkServer:
    """The one of this process, which ends with it."""
    server = ForkServer()
    atexit.register(server.close)
    return server
