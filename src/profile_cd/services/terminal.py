"""What a terminal shows: progress while registries are asked, changes by file, a diff in colour; plain in a pipe."""

from __future__ import annotations

import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from profile_cd import neutral, report
from profile_cd.credentials import Secret
from profile_cd.hiding import STARS, Hiding, lines_of
from profile_cd.model import Plan
from profile_cd.proposal import ends
from profile_cd.services.web import Debug, DebugLog

Observe = Callable[[str, str], None]
"""Is handed a host and what happens there: `asked` or `answered`."""


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


def debug(*secrets: Secret, hiding: Hiding | None = None) -> Debug:
    """Says each request on standard error, without *secrets* and what *hiding* knows."""
    instead = {line: STARS for secret in secrets for line in lines_of(secret.reveal())}
    known = Hiding({**instead, **(hiding.instead if hiding else {})})
    return DebugLog(lambda line: say(f"debug: {line}", "dim", error=True), known)


def show(plan: Plan, diff: Sequence[str]) -> None:
    """The changes by file, the diff, the problems, and one line that sums up."""
    for line, style in (*_changes(plan), *((_harmless(line), _style(line)) for line in diff)):
        say(line, style)
    if diff:
        say("")
    problems(plan)
    end(report.sum_up(plan), good=not plan.failures)


def problems(plan: Plan) -> None:
    """Failures, warnings, what is kept and remarks, on standard error."""
    for problem in plan.failures:
        prose(f"error: {report.at_line(problem)}", "red", error=True)
    for problem in plan.warnings:
        prose(f"warning: {report.at_line(problem)}", "yellow", error=True)
    for kept in plan.kept:
        prose(f"kept: {neutral.line(kept.change.key)}: {neutral.line(kept.reason, 1000)}", error=True)
    for note in plan.notes:
        prose(f"note: {neutral.line(note, 1000)}", error=True)


def say(line: str, style: str = "", *, error: bool = False) -> None:
    """One line of data, in colour on a terminal, which breaks a long one itself, so that it can be copied whole."""
    stream = sys.stderr if error else sys.stdout
    if not stream.isatty():
        print(line, file=stream)
        return
    from rich.console import Console
    from rich.text import Text

    Console(stderr=error).print(Text(line, style), soft_wrap=True)


def prose(line: str, style: str = "", *, error: bool = False, hanging: int = 4) -> None:
    """A sentence: broken between its words on a terminal, one line anywhere else."""
    if (sys.stderr if error else sys.stdout).isatty():
        from rich.console import Console

        for row in rows(line, Console(stderr=error).width, hanging):
            say(row, style, error=error)
    else:
        say(line, error=error)


def end(line: str, *, good: bool) -> None:
    """The last line, which sums up."""
    prose(line, "bold green" if good else "bold red")


def rows(line: str, width: int, hanging: int) -> list[str]:
    """*line* in rows of at most *width* columns, those behind the first *hanging* further in; no word is cut.

    A word that is too long for a row, such as an address, stays whole in a row of its own.
    """
    from rich.cells import cell_len

    start = " " * (len(line) - len(line.lstrip(" ")))
    first, *words = line[len(start) :].split(" ")
    done, row = [], start + first
    for word in words:
        if row.strip() and cell_len(row) + 1 + cell_len(word) > width:
            done.append(row.rstrip(" "))
            row = f"{start}{' ' * hanging}{word}"
        else:
            row = f"{row} {word}"
    return [*done, row]


def compared(lines: Sequence[str]) -> None:
    """The lines of a comparison: files, what accounts for each, and lines of the file itself."""
    for line in lines:
        if line.startswith("    "):
            say(line, _style(line.strip()))
        else:
            prose(line, "" if line.startswith(" ") else "bold")


def _changes(plan: Plan) -> Iterator[tuple[str, str]]:
    """Lines with their styles: each file, and below it product, versions and key of what changes in it."""
    widest = max((len(neutral.line(change.product)) for change in plan.changes), default=0)
    for file in dict.fromkeys(change.file for change in plan.changes):
        yield neutral.line(file), "bold"
        for change in (each for each in plan.changes if each.file == file):
            waits = "  (review)" if change.lane == "review" else ""
            old, new = (neutral.line(each) for each in ends(change))
            yield f"  {neutral.line(change.product).ljust(widest)}  {old} → {new}{waits}", "green"
            yield f"      {neutral.line(change.key)}", "dim"
        yield "", ""


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
