"""The program behind `forks.py`: it imports the product once and forks a child for each run.

A program, since a process with threads, like the one that serves the small world, must not fork. Its standard input is
a socket. For each run it receives three descriptors: a connection, on which it reads the order as one line of JSON and
answers with the number of the process and, when that has ended, its exit code; and the files that take standard output
and standard error.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sandbox import loopback
from sandbox.runner.step_environment import PROJECT

ENTRYPOINT = PROJECT / "entrypoint.py"
LAZY = ("dulwich.client", "encodings.utf_8_sig", "nodesemver", "re2", "rich.console", "rich.table", "rich.text")
"""What the product imports only where it needs it."""


def main() -> None:
    """Import everything; then be the server, or in a fork of it become `entrypoint.py`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    loopback.guard()
    _import_everything()
    # Nothing that is here now is ever collected, so forks go on sharing its pages.
    gc.collect()
    gc.freeze()
    if _serve():
        os._exit(_run_to_the_end())


def _import_everything() -> None:
    sys.path.insert(0, str(PROJECT / "src"))
    package = importlib.import_module("profile_cd")
    names = [module.name for module in pkgutil.walk_packages(package.__path__, "profile_cd.")]
    for name in (*names, *LAZY):
        importlib.import_module(name)


def _serve() -> bool:
    """Fork for each order. Returns False in the server, when nobody orders any more, and True in each run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    with socket.socket(fileno=0) as orders:
        while True:
            data, descriptors, _, _ = socket.recv_fds(orders, 1, 3)
            if not data:
                return False
            if os.fork() == 0:
                orders.close()
                return _keep(*descriptors)
            for descriptor in descriptors:
                os.close(descriptor)


def _keep(connection: int, output: int, errors: int) -> bool:
    """Fork once more, wait for the run and report its end: one keeper for each, so that none waits for another."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with socket.socket(fileno=connection) as ours:
        with ours.makefile("r", encoding="ascii") as lines:
            order = json.loads(lines.readline())
        number = os.fork()
        if number:
            with suppress(OSError):  # who gave up waiting has closed the connection
                ours.sendall(b"%d\n" % number)
                _, status = os.waitpid(number, 0)
                ours.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            os._exit(0)
    _become(order, output, errors)
    return True


def _become(order: Mapping[str, Any], output: int, errors: int) -> None:
    """Take on what the operating system gives a process that is started."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, output, errors)):
        os.dup2(file, number)
    os.closerange(3, max(nothing, output, errors) + 1)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    sys.argv = [str(ENTRYPOINT), *order["words"]]


def _run_to_the_end() -> int:
    """Run `entrypoint.py` and what an interpreter does at its end, but for taking down each module (as long as a run).

    `multiprocessing` ends its forks in the same way.
    """
    code: object = 0
    try:
        runpy.run_path(str(ENTRYPOINT), run_name="__main__")
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001  # as the interpreter does
        traceback.print_exc()
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  # threads that the run still has
    atexit._run_exitfuncs()  # noqa: SLF001
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 1


if __name__ == "__main__":
    main()
