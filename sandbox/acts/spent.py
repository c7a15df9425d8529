"""What a process takes, without what its parent held: time and memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KIB = 1024
STARTER = """
import json, os, sys, time
report, *command = sys.argv[1:]
os.set_inheritable(int(report), False)
began = time.monotonic()
_, status, usage = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
said = {"wall": time.monotonic() - began, "kib": usage.ru_maxrss, "code": os.waitstatus_to_exitcode(status)}
json.dump(said, os.fdopen(int(report), "w"))
"""
"""Starts a command from a process that is small itself.

What Linux says of a child's peak includes what its parent held before the `exec` (`exec_mmap` hands the mark on): from
here it would be that of a world full of servers.
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: *wall* in seconds, its own peak of *memory* in MiB; and its exit code."""

    wall: float
    memory: float
    code: int


def started(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> tuple[Spent, str]:
    """Run *command* and count what it takes; returns what it printed, too."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as report:
        try:
            words = [sys.executable, "-S", "-E", "-c", STARTER, str(writing), *command]
            done = subprocess.run(
                words, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=[writing],
                check=False,
            )  # fmt: skip
        finally:
            os.close(writing)
        said = json.loads(report.read())
    return Spent(said["wall"], said["kib"] / KIB, said["code"]), done.stdout.decode("utf-8", "replace")


def own_peak() -> float:
    """The most that this process has held since its `exec`, in MiB."""
    return int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[0]) / KIB
