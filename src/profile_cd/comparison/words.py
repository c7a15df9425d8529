"""A comparison as lines for people, and as one JSON object for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from profile_cd.comparison.files import Difference
from profile_cd.comparison.values import Value
from profile_cd.markdown import counted
from profile_cd.neutral import line as shown

SCHEMA = 1
MOST_LINES = 6
"""Lines of a file that are shown where no manifest accounts for them."""


def lines(differences: Sequence[Difference]) -> list[str]:
    """Each file that differs, and below it what accounts for it."""
    return [line for each in differences for line in (shown(each.path), *(f"  {why}" for why in _reasons(each)))]


def sum_up(differences: Sequence[Difference], compared: int) -> str:
    """One line: how many files of those *compared* differ."""
    if not differences:
        return f"{counted(compared, 'file')} compared: all are as profile-cd would write them."
    only = sum(each.format_only for each in differences)
    written = f", {only} of them only in the way they are written" if only else ""
    return f"{counted(compared, 'file')} compared: {len(differences)} left differently{written}."


def as_json(differences: Sequence[Difference], compared: int) -> str:
    """One object in ASCII, which every terminal and pipe can take."""
    files = [
        {
            "file": each.path,
            "format-only": each.format_only,
            "values": [_value(value) for value in each.values],
            "format-lines": each.format_lines,
            "other-lines": list(each.other_lines),
            "why": each.whole,
        }
        for each in differences
    ]
    return json.dumps({"schema": SCHEMA, "compared": compared, "differences": files}, indent=2)


def _reasons(file: Difference) -> Iterator[str]:
    if file.whole:
        yield file.whole
    for value in file.values:
        yield f"{shown(value.known.key)}: {_why(value)} ({shown(value.known.path)}:{value.known.line})"
    if file.format_lines:
        read = "reads" if file.format_lines == 1 else "read"
        further = counted(file.format_lines, "further line")
        yield f"format: {further} {read} the same; blanks, quotes, comments or line ends differ"
    elif not file.values and not file.other_lines and not file.whole:
        yield "format: all lines are the same; their ends differ"
    if file.other_lines:
        yield "where no manifest leads (- ours, + the other tool's):"
        yield from (f"  {shown(line)}" for line in file.other_lines[:MOST_LINES])
        if len(file.other_lines) > MOST_LINES:
            yield f"  … and {len(file.other_lines) - MOST_LINES} lines more"


def _why(value: Value) -> str:
    before, ours, theirs = (shown(each) or "nothing" for each in (value.before, value.ours, value.theirs))
    because = f"; {shown(value.known.why, 1000)}" if value.known.why else ""
    if value.ours == value.before:
        return f"the other tool wrote {theirs}, we leave {ours}{because}"
    if value.theirs == value.before:
        return f"we write {ours}, the other tool left {before}"
    return f"we write {ours}, the other tool wrote {theirs} ({before} before)"


def _value(value: Value) -> dict[str, object]:
    known = value.known
    where = {"manifest": known.manifest, "path": known.path, "line": known.line, "key": known.key, "why": known.why}
    return {**where, "before": value.before, "ours": value.ours, "theirs": value.theirs}
