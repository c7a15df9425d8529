"""GitHub's patterns for paths: which files concern a project.

Source of the rules: GitHub's "Filter pattern cheat sheet" (workflow syntax). `*` stops at a slash, `**` does not,
`?` and `+` repeat what stands before them, `[]` names one character, `!` in front takes away again, and the last
pattern that fits decides. Two rules are ours: a dot directory is only entered by a pattern that names it, since
nothing in one is deployed, and a list that begins with `!` takes away from everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from profile_cd.errors import BadCondition
from profile_cd.expressions import Expression, compiled

MOST_PATTERN = 500
"""Characters of one pattern."""

_TOKEN = re.compile(
    r"\\(?P<literal>.)|(?P<deep>\*\*/?)|(?P<star>\*)|(?P<again>[?+])|\[(?P<set>[^\]/]+)\]|(?P<plain>.)", re.DOTALL
)


class BadPattern(ValueError):
    """A pattern that GitHub would refuse; its text says why."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Patterns in their order. *within* is the directory that they may also be written from, empty for the root."""

    patterns: tuple[str, ...]
    within: str = ""

    def __post_init__(self) -> None:
        for pattern in self.patterns:
            _expression(_positive(pattern))

    def matches(self, path: str) -> bool:
        """Whether the last pattern that fits *path* (from the repository's root) takes it."""
        taken = bool(self.patterns) and self.patterns[0].startswith("!")
        if taken and _hidden(path):
            taken = False
        for pattern in self.patterns:
            if self._fits(_positive(pattern), path):
                taken = not pattern.startswith("!")
        return taken

    def _fits(self, pattern: str, path: str) -> bool:
        return any(_fits(pattern, spelled) for spelled in (path, *self._from_within(path)))

    def _from_within(self, path: str) -> Sequence[str]:
        """*path* as a manifest in *within* would write it."""
        prefix = f"{self.within}/"
        return (path.removeprefix(prefix),) if self.within and path.startswith(prefix) else ()


def _positive(pattern: str) -> str:
    return pattern.removeprefix("!").removeprefix("./")


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(path).parts)


def _fits(pattern: str, path: str) -> bool:
    if _hidden(path) and not _hidden(pattern):
        return False
    return _expression(pattern).search(path) is not None


@cache
def _expression(pattern: str) -> Expression:
    """*pattern* as RE2, which takes linear time whatever a repository variable holds. Raises BadPattern."""
    if not pattern:
        raise BadPattern("it is empty")
    if len(pattern) > MOST_PATTERN:
        raise BadPattern(f"it is longer than {MOST_PATTERN} characters")
    try:
        return compiled(rf"(?s)\A(?:{_translated(pattern)})\z")
    except BadCondition as error:
        raise BadPattern("a `?` or `+` repeats nothing, or a range in `[]` runs backwards") from error


def _translated(pattern: str) -> str:
    parts: list[str] = []
    for found in _TOKEN.finditer(pattern):
        kind = found.lastgroup
        if kind == "deep":
            # `**/x` also fits `x` itself: no directory is a number of directories, too.
            parts.append("(?:.*/)?" if found[0].endswith("/") else ".*")
        elif kind == "star":
            parts.append("[^/]*")
        elif kind == "again":
            # In a shell `?` stands for a character; in GitHub's patterns it repeats what stands before it, as in an
            # expression.
            parts.append(found[0])
        elif kind == "set":
            parts.append(f"[{re.sub(r'[^A-Za-z0-9-]', lambda each: re.escape(each[0]), found['set'])}]")
        elif found["plain"] == "[":
            raise BadPattern("a `[` is not closed")
        else:
            parts.append(re.escape(found["literal"] or found["plain"]))
    return "".join(parts)
