"""What Ctrl-C does: it ends a program at once, without a traceback, wherever it comes.

A KeyboardInterrupt is right while something is under way that must be cleared away. In the middle of an import, or
behind the last line of a program, nobody can take it: Python shows a traceback of its own machinery.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended: 128 and the number of the signal."""

Handler = Callable[[int, FrameType | None], object]


def end_at_once() -> None:
    """Let Ctrl-C end this process from here on: nothing is under way."""
    _set(lambda *_: os._exit(INTERRUPTED))


def raise_again() -> None:
    """Let Ctrl-C raise KeyboardInterrupt from here on: what is under way clears up after itself."""
    _set(signal.default_int_handler)


def _set(handler: Handler) -> None:
    # A shell starts what it puts into the background with the signal ignored, and it stays so.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)
