"""What a terminal shows: progress while registries are asked, a table, a diff in colour; plain in a pipe."""

from __future__ import annotations

import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from profile_cd import neutral, report
from profile_cd.model import Plan

Observe = Callable[[str, str], None]
"""Told a host and what happens there: `asked` or `answered`."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Observe | None]:
    """Count questions on the terminal's last line while they are asked; nothing anywhere else."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    waiting: dict[str, int] = {}
    counted = {"asked": 0, "answered": 0}
    lock = threading.Lock()
    with Console(stderr=True).status("asking …") as status:

        def observe(host: str, event: str) -> None:
            with lock:
                counted[event] = counted.get(event, 0) + 1
                waiting[host] = waiting.get(host, 0) + (1 if event == "asked" else -1)
                slowest = max(waiting, key=lambda name: waiting[name])
                behind = f", waiting for {neutral.line(slowest, 80)}" if waiting[slowest] > 0 else ""
                # A host is no markup, whatever brackets it has.
                status.update(Text(f"asked {counted['asked']}, answered {counted['answered']}{behind}"))

        yield observe


def show(plan: Plan, diff: Sequence[str]) -> None:
    """A table of the changes, the diff, the problems, and one line that sums up."""
    if sys.stdout.isatty():
        _coloured(plan, diff)
    else:
        _plain(plan, diff)
    problems(plan)
    print(report.sum_up(plan))


def problems(plan: Plan) -> None:
    """Failures, warnings, what was left alone and remarks, on standard error."""
    for problem in plan.failures:
        print(f"error: {report.at_line(problem)}", file=sys.stderr)
    for problem in plan.warnings:
        print(f"warning: {report.at_line(problem)}", file=sys.stderr)
    for kept in plan.kept:
        print(f"left alone: {neutral.line(kept.change.key)}: {neutral.line(kept.reason, 1000)}", file=sys.stderr)
    for note in plan.notes:
        print(f"note: {neutral.line(note, 1000)}", file=sys.stderr)


COLUMNS = ("manifest", "file", "key", "old", "new", "lane")


def _cells(plan: Plan) -> list[tuple[str, ...]]:
    return [tuple(neutral.line(str(getattr(change, name))) for name in COLUMNS) for change in plan.changes]


def _plain(plan: Plan, diff: Sequence[str]) -> None:
    rows = _cells(plan)
    if rows:
        widths = [max(len(row[column]) for row in (COLUMNS, *rows)) for column in range(len(COLUMNS))]
        for row in (COLUMNS, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        print()
    for line in diff:
        print(_harmless(line))
    if diff:
        print()


def _coloured(plan: Plan, diff: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    rows = _cells(plan)
    if rows:
        table = Table(*COLUMNS, box=None)
        for row in rows:
            styles = ("", "", "dim", "red", "green", "")
            table.add_row(*(Text(cell, style, overflow="fold") for cell, style in zip(row, styles, strict=True)))
        console.print(table)
    if diff:
        # The terminal breaks long lines itself, so that they can be copied whole.
        for line in diff:
            console.print(Text(_harmless(line), _style(line)), soft_wrap=True)


def _style(line: str) -> str:
    """The colour of a line of a diff: one of the terminal's own, to be read on black and on white."""
    if line.startswith(("--- ", "+++ ")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")


def _harmless(line: str) -> str:
    """A line of a file as it is, but for what would steer the terminal or turn the text around."""
    return "".join(character if character == "\t" or not _steers(character) else "\ufffd" for character in line)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
