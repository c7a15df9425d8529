"""The filters `[?( … )]` of a yaml target's `key`: their grammar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias, cast

from profile_cd import expressions
from profile_cd.errors import BadCondition, EditRefused
from profile_cd.expressions import Expression
from profile_cd.targets.yaml.step import (
    AllOf,
    AnyOf,
    Below,
    Compare,
    Condition,
    Matches,
    Not,
    Operator,
    Step,
    Term,
    Value,
    ValueKind,
)

Steps: TypeAlias = Callable[[str, int], tuple[list[Step], int]]

_LITERALS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")),
    ("text", re.compile(r"'([^']*)'")),
    ("text", re.compile(r'"([^"]*)"')),
    ("truth", re.compile(r"(?:true|false)\b")),
    ("nothing", re.compile(r"null\b")),
)
_OPERATOR = re.compile(r"==|!=|<=|>=|<|>|=~")
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/")


def parse(path: str, at: int, steps: Steps) -> tuple[Condition, int]:
    """The condition that starts at *at* of *path*, and where it ends. *steps* reads a path within it.

    Raises EditRefused where there is none.
    """
    return _joined(path, at, steps, ("||", "&&"))


def _joined(path: str, at: int, steps: Steps, signs: tuple[str, ...]) -> tuple[Condition, int]:
    if not signs:
        return _basic(path, at, steps)
    one, at = _joined(path, at, steps, signs[1:])
    each = [one]
    while path.startswith(signs[0], blanks(path, at)):
        one, at = _joined(path, blanks(path, at) + len(signs[0]), steps, signs[1:])
        each.append(one)
    if len(each) == 1:
        return one, at
    return (AnyOf(tuple(each)) if signs[0] == "||" else AllOf(tuple(each))), at


def _basic(path: str, at: int, steps: Steps) -> tuple[Condition, int]:
    at = blanks(path, at)
    if path.startswith("!", at):
        one, at = _basic(path, at + 1, steps)
        return Not(one), at
    if path.startswith("(", at):
        one, at = parse(path, at + 1, steps)
        at = blanks(path, at)
        if not path.startswith(")", at):
            raise _refusal(path, at, "`)` is missing")
        return one, at + 1
    left, at = _term(path, at, steps)
    operator = _OPERATOR.match(path, blanks(path, at))
    if not operator:
        return left, at
    if operator[0] == "=~":
        return _matches(path, left, blanks(path, operator.end()))
    right, at = _term(path, operator.end(), steps)
    return Compare(left, cast(Operator, operator[0]), right), at


def _term(path: str, at: int, steps: Steps) -> tuple[Term, int]:
    at = blanks(path, at)
    if path.startswith(("@", "$"), at):
        below, end = steps(path, at + 1)
        return Below(path[at] == "$", tuple(below)), end
    for kind, pattern in _LITERALS:
        found = pattern.match(path, at)
        if found:
            return Value(kind, found[found.lastindex or 0]), found.end()
    raise _refusal(path, at, "a filter compares `@…`, `$…`, a number, a quoted text, true, false or null")


def _matches(path: str, left: Term, at: int) -> tuple[Condition, int]:
    found = _REGEX.match(path, at)
    if not found:
        raise _refusal(path, at, "after `=~` stands a pattern between slashes")
    pattern = found[1].replace("\\/", "/")
    if compiled(pattern) is None:
        raise _refusal(path, at, "this is no regular expression that RE2 understands")
    return Matches(left, pattern), found.end()


def compiled(pattern: str) -> Expression | None:
    """*pattern* made ready by RE2, which takes linear time whatever it is given; None where it is none."""
    try:
        return expressions.compiled(pattern)
    except BadCondition:
        return None


def blanks(path: str, at: int) -> int:
    """Where the blanks that begin *at* end."""
    return at + len(path[at:]) - len(path[at:].lstrip())


def _refusal(path: str, at: int, what: str) -> EditRefused:
    return EditRefused(
        f"The key `{path}` is not a valid path: at character {at + 1} {what}.",
        now="Write the filter like `[?(@.name == 'x')]`.",
    )
