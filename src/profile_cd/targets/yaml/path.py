"""The language of a yaml target's `key`: updatecli's yamlpath, a JSONPath for YAML nodes."""

from __future__ import annotations

import re
from functools import lru_cache

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import filter as yaml_filter
from profile_cd.targets.yaml.step import Deep, Every, Named, Numbered, Range, Step, Where, step

LONGEST = 1000
MOST_NESTED = 50

_NAME = re.compile(r"""(?:\\.|[^\\.\[\]()\s&|=!<>~'"*,])+""")
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_RANGE = re.compile(r"\s*(-?\d+)?\s*(?:(:)\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?)?")


@lru_cache(maxsize=1024)
def parse(key: str) -> tuple[Step, ...]:
    r"""The steps of *key*; a leading `$.` may be left out, `\.` is a dot within a name.

    Raises EditRefused where it is no path.
    """
    path = normal(key)
    if len(path) > LONGEST or path.count("(") + path.count("!") > MOST_NESTED:
        raise EditRefused("The key is too long or too deeply nested to be a path.", now="Write a plainer one.")
    steps, at = _steps(path, 1)
    if path.startswith("~", at):
        raise _refusal(
            path,
            at,
            "`~` addresses the name of an entry, not a value",
            f"Leave the `~` away to write the value: `{path[:at]}`.",
        )
    if at < len(path):
        raise _refusal(path, at, "only `.` or `[` may follow here", _in_brackets(path, at))
    return tuple(steps)


def address(key: str) -> tuple[object, ...]:
    """What makes two spellings of a *key* the same. Raises EditRefused where it is no path."""
    return tuple(each.names if isinstance(each, Named) else each for each in parse(key))


def normal(key: str) -> str:
    """*key* with its leading `$`: `a.b` and `$.a.b` are the same."""
    # updatecli puts `$.` in front of whatever does not begin with it, so that `$['a']` becomes `$.$['a']` and matches
    # nothing, silently. Here both lead to what was meant.
    if key.startswith("$"):
        return key
    return f"${key}" if key.startswith((".", "[")) else f"$.{key}"


def _steps(path: str, at: int) -> tuple[list[Step], int]:
    steps: list[Step] = []
    while path.startswith((".", "["), at):
        if path.startswith("..", at):
            steps.append(Deep(".."))
            at += 2
            one, at = _bracket(path, at) if path.startswith("[", at) else _dotted(path, at, at)
        elif path[at] == ".":
            one, at = _dotted(path, at, at + 1)
        else:
            one, at = _bracket(path, at)
        steps.append(one)
    return steps, at


def _dotted(path: str, start: int, at: int) -> tuple[Step, int]:
    if path.startswith("*", at):
        return Every(path[start : at + 1]), at + 1
    name = _NAME.match(path, at)
    if name:
        return Named(path[start : name.end()], (_unescaped(name[0]),)), name.end()
    if at == len(path):
        raise _refusal(path, at - 1, "a name is missing after the dot", "Write the name or leave the dot away.")
    if path[at] == "[":
        raise _refusal(
            path,
            at,
            "a dot stands before the bracket",
            f"Write it without the dot: `{path[:start]}{path[at:]}`.",
        )
    if path[at] in "'\"":
        quoted = _QUOTED.match(path, at)
        better = f"`{path[:start]}[{quoted[0]}]{path[quoted.end() :]}`" if quoted else "`['name']`"
        raise _refusal(
            path,
            at,
            "a quoted name after a dot belongs to updatecli's default engine and matches nothing in yamlpath",
            f"Write {better}.",
        )
    raise _refusal(path, at, "a name cannot begin like this", _in_brackets(path, at))


def _bracket(path: str, start: int) -> tuple[Step, int]:
    at = yaml_filter.blanks(path, start + 1)
    if path.startswith("?(", at):
        condition, at = yaml_filter.parse(path, at + 2, _steps)
        at = yaml_filter.blanks(path, at)
        if not path.startswith(")", at):
            raise _refusal(path, at, "`)]` must close the filter here", "Write the filter like `[?(@.name == 'x')]`.")
        at = _closing(path, yaml_filter.blanks(path, at + 1))
        return Where(path[start:at], condition), at
    if path.startswith(("'", '"'), at):
        return _quoted(path, start, at)
    if path.startswith("*", at):
        at = _closing(path, yaml_filter.blanks(path, at + 1))
        return Every(path[start:at]), at
    return _numbered(path, start, at)


def _quoted(path: str, start: int, at: int) -> tuple[Step, int]:
    names: list[str] = []
    while True:
        quoted = _QUOTED.match(path, at)
        if not quoted:
            raise _refusal(path, at, "a quoted name must stand here", "Write it like `['one', 'other']`.")
        names.append(_unescaped(quoted[1] if quoted[1] is not None else quoted[2]))
        at = yaml_filter.blanks(path, quoted.end())
        if not path.startswith(",", at):
            break
        at = yaml_filter.blanks(path, at + 1)
    at = _closing(path, at)
    return Named(path[start:at], tuple(names)), at


def _numbered(path: str, start: int, at: int) -> tuple[Step, int]:
    end = path.find("]", at)
    if end < 0:
        raise _refusal(path, len(path), "a bracket is still open", "Write its `]`.")
    inside = path[at:end]
    ranges = [_range(part) for part in inside.split(",")]
    if not all(ranges):
        raise _refusal(
            path,
            at,
            "between brackets stand numbers, ranges, `*`, a filter or quoted names",
            f"Write `['{inside.strip()}']` for an entry of that name.",
        )
    return Numbered(path[start : end + 1], tuple(each for each in ranges if each)), end + 1


def _range(part: str) -> Range | None:
    found = _RANGE.fullmatch(part)
    if not found or not part.strip():
        return None
    first, last, by = (None if each is None else int(each) for each in found.group(1, 3, 4))
    if by == 0:
        return None
    if found[2]:
        return (first, last, by)
    return None if first is None else (first, first + 1 or None, None)


def _closing(path: str, at: int) -> int:
    if not path.startswith("]", at):
        raise _refusal(path, at, "`]` must close the bracket here", "Write it like `['name']` or `[0]`.")
    return at + 1


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name)


def _in_brackets(path: str, at: int) -> str:
    before = max(path.rfind(".", 0, at), 1)
    return f"A name with signs of its own needs brackets: `{path[:before]}{step(path[before:].lstrip('.'))}`."


def _refusal(path: str, at: int, what: str, now: str) -> EditRefused:
    sign = f"`{path[at]}`" if at < len(path) else "its end"
    return EditRefused(
        f"The key `{path}` is not a valid path: at character {at + 1} ({sign}) {what}.",
        now=now,
    )
