"""The acts of the sandbox: `python -m sandbox ACT …`."""

from __future__ import annotations

import importlib
import sys

from profile_cd.services import interrupts

ACTS = {
    "serve": "run a command, or your browser, in the small world on loopback",
    "demo": "the whole chain, in front of your eyes",
    "bench": "how long a plan takes, and what it asks",
    "replay": "a history of people and a robot, change by change and run by run",
    "faults": "what happens when everything goes wrong",
    "hostile": "what servers that mean no good can cost a run",
}
"""Each act is the file of its name in `acts/`, with a `main(words)` that returns the exit code."""


def main(words: list[str]) -> int:
    """Play the act that the first word names; 2 where there is none of that name."""
    act = words[0] if words else ""
    if act not in ACTS:
        lines = [f"  {name:8} {meaning}" for name, meaning in ACTS.items()]
        print("usage: python -m sandbox ACT …", *lines, sep="\n", file=sys.stderr)
        return 2
    played = importlib.import_module(f"sandbox.acts.{act}")
    interrupts.raise_again()
    return int(played.main(words[1:]))


if __name__ == "__main__":
    interrupts.end_at_once()
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        # A person who has seen enough needs no traceback.
        code = interrupts.INTERRUPTED
    interrupts.end_at_once()
    sys.exit(code)
