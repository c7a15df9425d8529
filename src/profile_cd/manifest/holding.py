"""Writes a hold into a manifest's text, or takes it out: no other byte changes, and what cannot be done is refused."""

from __future__ import annotations

import re
from dataclasses import replace

from profile_cd.errors import EditRefused, Unreadable
from profile_cd.manifest import yaml
from profile_cd.manifest.meanings import meaning_of
from profile_cd.manifest.reading import read
from profile_cd.model import Hold, Manifest
from profile_cd.targets.yaml import spell

_POLICY = re.compile(r"policy:[ \t]*(?:#.*)?\r?\n?")
_ANY_POLICY = re.compile(r"[\"']?policy[\"']?[ \t]*:")
_SHAPE = "The manifest has a shape in which a hold cannot be written."
_BY_HAND = "Write it by hand: `policy: {hold: {version: …, reason: …}}`."


def hold(text: str, path: str, number: int, wanted: Hold | None, partials: str = "") -> str:
    """*text* whose document *number*, counted from 0, holds what is *wanted*; None takes the hold out.

    *path* is that of the manifest, *partials* the text that stands in front of it. Raises EditRefused where the text
    has a shape that is not understood, Unreadable where it is no manifest.
    """
    if wanted is not None and not (wanted.version.strip() and wanted.reason.strip()):
        raise EditRefused("A hold without a version or a reason helps nobody.", now="Say what is held, and why.")
    before = read(text, path, None, partials)[0][number]
    if before.policy.hold == wanted:
        return text
    document = yaml.split(text)[number]
    lines = text.splitlines(keepends=True)
    start, end = document.before, document.before + len(document.text.splitlines())
    after = "".join([*lines[:start], *_edited(lines[start:end], wanted), *lines[end:]])
    try:
        found = read(after, path, None, partials)[0][number]
    except (Unreadable, IndexError) as error:
        raise EditRefused(_SHAPE, now=_BY_HAND) from error
    _prove(before, found, wanted)
    return after


def _edited(lines: list[str], wanted: Hold | None) -> list[str]:
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines = [*lines[:-1], lines[-1] + ending]
    at = next((number for number, line in enumerate(lines) if _ANY_POLICY.match(line)), None)
    if at is None:
        return [*lines, f"policy:{ending}", *_spelled(wanted, "  ", ending)]
    if not _POLICY.fullmatch(lines[at]):
        raise EditRefused("The manifest's `policy` stands on one line, which is not edited.", now=_BY_HAND)
    first, last = at + 1, _end(lines, at + 1, 0)
    depths = {number: depth for number in range(first, last) if (depth := _indent(lines[number])) is not None}
    children, indent = list(depths), " " * min(depths.values(), default=2)
    held = next((number for number in children if lines[number].startswith(f"{indent}hold:")), None)
    if held is None:
        return [*lines[:first], *_spelled(wanted, indent, ending), *lines[first:]]
    behind = _end(lines, held + 1, len(indent))
    alone = wanted is None and not any(not held <= number < behind for number in children)
    return [*lines[: at if alone else held], *_spelled(wanted, indent, ending), *lines[behind:]]


def _end(lines: list[str], start: int, indent: int) -> int:
    """Where a block ends that is indented deeper than *indent*; blanks and comments behind it do not belong to it."""
    end = start
    for number in range(start, len(lines)):
        depth = _indent(lines[number])
        if depth is None:
            continue
        if depth <= indent:
            break
        end = number + 1
    return end


def _indent(line: str) -> int | None:
    """How deep a line is indented; None for a blank line and a comment."""
    text = line.strip()
    return None if not text or text.startswith("#") else len(line) - len(line.lstrip(" "))


def _spelled(wanted: Hold | None, indent: str, ending: str) -> list[str]:
    if wanted is None:
        return []
    fields = {"version": wanted.version, "reason": wanted.reason}
    lines = [f"{indent}  {name}: {spell(value, '', flow=False)}" for name, value in fields.items()]
    lines += [f"{indent}  until: {wanted.until.isoformat()}"] if wanted.until else []
    return [f"{line}{ending}" for line in (f"{indent}hold:", *lines)]


def _prove(before: Manifest, after: Manifest, wanted: Hold | None) -> None:
    """Hold what was read back against what stood there: the same, but for what is held."""
    same = [meaning_of(after, each) for each in after.targets] == [meaning_of(before, each) for each in before.targets]
    if not same or after.policy != replace(before.policy, hold=wanted):
        raise EditRefused(_SHAPE, now=_BY_HAND)
