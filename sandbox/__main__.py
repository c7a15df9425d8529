"""The acts of the sandbox: `python -m sandbox ACT …`."""

from __future__ import annotations

import importlib
import importlib.util
import sys

ACTS = {
    "serve": "run a command, or your browser, in the small world on loopback",
    "demo": "the whole chain, in front of your eyes",
    "bench": "how long a plan takes, and what it asks",
    "replay": "real history, change by change",
    "faults": "what happens when everything goes wrong",
    "schema": "write the JSON Schema of manifests into docs/",
    "documents": "write the README's tables from action.yml",
}
"""Each act is the module of its name, with a `main(arguments)` that returns the exit code."""


def main(words: list[str]) -> int:
    """Play the act that the first word names; 2 where there is none of that name."""
    act = words[0] if words else ""
    if act not in ACTS:
        lines = [f"  {name:8} {told}" for name, told in ACTS.items() if _module(name)]
        print("usage: python -m sandbox ACT …", *lines, sep="\n", file=sys.stderr)
        return 2
    if not _module(act):
        print(f"sandbox: the act `{act}` is not written yet.", file=sys.stderr)
        return 2
    return int(importlib.import_module(_module(act)).main(words[1:]))


def _module(act: str) -> str:
    """The module of *act*: `faults` the act is not `faults` the hooks."""
    name = f"sandbox.{'faults_act' if act == 'faults' else act}"
    return name if importlib.util.find_spec(name) else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
