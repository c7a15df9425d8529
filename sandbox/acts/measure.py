"""Runs a command in a world and measures it: requests, connections, round trips, time, memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.acts.spent import started
from sandbox.net import Exchange
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. *wall* is in seconds, *memory* the peak in MiB, *chain* the longest row of one-after-another."""

    requests: int
    connections: int
    chain: int
    wall: float
    memory: float
    pulls: int
    code: int
    output: str

    def row(self, name: str) -> str:
        """As a row of a Markdown table."""
        cells = (
            name,
            self.requests,
            self.connections,
            self.chain,
            f"{self.wall:.2f} s",
            f"{self.memory:.0f} MB",
            self.pulls,
        )
        return f"| {' | '.join(str(cell) for cell in cells)} |"


HEAD = (
    "| plan of 60 manifests | requests | connections | one after another | wall | peak memory | counted pulls |\n"
    "|---|---|---|---|---|---|---|"
)


def measure(world: World, command: Sequence[str], *, cwd: Path, extra: Mapping[str, str] | None = None) -> Measured:
    """Run *command* in *world* and count what it asks."""
    before, connected, pulled = len(world.street.exchanges), world.street.connections, world.pulls
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(cwd),
        **world.environment(),
        **(extra or {}),
    }
    spent, output = started(command, cwd, environment)
    exchanges = [each for each in world.street.exchanges[before:] if each.request.method != "CONNECT"]
    return Measured(
        requests=len(exchanges),
        connections=world.street.connections - connected,
        chain=chain(exchanges, world.street.latency),
        wall=spent.wall,
        memory=spent.memory,
        pulls=world.pulls - pulled,
        code=spent.code,
        output=output,
    )


def chain(exchanges: Sequence[Exchange], latency: float) -> int:
    """The most exchanges of which each began after the one before had ended."""
    count, free = 0, float("-inf")
    for each in sorted(exchanges, key=lambda exchange: exchange.at):
        if each.at - latency >= free - latency / 10:
            count, free = count + 1, each.at
    return count
