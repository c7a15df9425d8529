"""The container's door: the package lies beside this file in the image, under src in a checkout."""

import os
import signal
import sys
import threading
from pathlib import Path

ENDED = 128 + signal.SIGTERM
"""What a shell says of a program that this signal ended."""
LONGEST_END = 1.0
"""Seconds for what is half-done to be cleared away, such as a file that is written beside the one it replaces."""


def _end(_signal: int, _frame: object) -> None:
    """End the run, at the latest after a second: threads that still ask somebody are not waited for."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(ENDED))
    end = threading.Timer(LONGEST_END, os._exit, (ENDED,))
    end.daemon = True
    end.start()
    os.write(2, b"profile-cd: ended by SIGTERM. Nothing is lost: the next run does everything again.\n")
    sys.exit(ENDED)


# Linux drops a signal to process 1 of a container that has no handler, so `docker stop` and GitHub's cancelling would
# wait for nothing and then kill (pid_namespaces(7)). Before the imports: they take half of a short run.
signal.signal(signal.SIGTERM, _end)
# Ctrl-C within the imports ends without a traceback; `main` sees to it from there.
if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(signal.SIGINT, lambda *_: os._exit(128 + signal.SIGINT))

sys.path[:0] = [str(Path(__file__).resolve().parent / "src")]

from profile_cd.__main__ import main  # noqa: E402  # the path comes first

sys.exit(main())
