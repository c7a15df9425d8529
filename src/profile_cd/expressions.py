"""The one door to RE2: regular expressions as manifests mean them, searched anywhere in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from profile_cd.errors import BadCondition
from profile_cd.neutral import quoted

_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)
_ADVICE = {
    r"\(\?<?[=!]": "RE2 has no lookahead and no lookbehind. Match the whole and catch the version in a group.",
    r"\\[1-9]": "RE2 has no backreferences such as `\\1`. Write the part out a second time.",
    r"\(\?>|[*+?}]\+": "RE2 has no possessive quantifiers; it never backtracks, so a plain one does the same.",
}


class Match:
    """What was found: RE2 works on bytes, and turning every offset into characters would take most of the time."""

    __slots__ = ("_found",)

    def __init__(self, found: _Found) -> None:
        self._found = found

    def group(self, group: int | str = 0) -> str | None:
        """The text of one group; None where it took no part. Raises IndexError where there is none."""
        if isinstance(group, str):
            caught = self._found.group(group)
            return None if caught is None else caught.decode("utf-8", "replace")
        start, end = self.span(group)
        return None if start < 0 else self._found.string[start:end].decode("utf-8", "replace")

    def span(self, group: int = 0) -> tuple[int, int]:
        """Where a group starts and ends, in bytes of UTF-8; (-1, -1) where it took no part."""
        return self._found.span(group)


class Expression:
    """A compiled expression. *groups* is how many groups it has."""

    __slots__ = ("_compiled", "groups")

    def __init__(self, compiled: _Compiled) -> None:
        self._compiled = compiled
        self.groups = compiled.groups

    def search(self, text: str) -> Match | None:
        """The leftmost match; none in a text that cannot be written as UTF-8."""
        try:
            found = self._compiled.search(text.encode())
        except UnicodeEncodeError:
            return None
        return None if found is None else Match(found)

    def sub(self, replacement: Callable[[Match], str], text: str) -> str:
        """*text* with every match replaced, unchanged where it cannot be written as UTF-8."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return text
        return self._compiled.sub(lambda found: replacement(Match(found)).encode(), data).decode("utf-8", "replace")


class _Found(Protocol):
    @property
    def string(self) -> bytes: ...

    def group(self, group: str, /) -> bytes | None: ...

    def span(self, group: int, /) -> tuple[int, int]: ...


class _Compiled(Protocol):
    @property
    def groups(self) -> int: ...

    def search(self, text: bytes, /) -> _Found | None: ...

    def sub(self, replacement: Callable[[_Found], bytes], text: bytes, /) -> bytes: ...


@lru_cache(maxsize=512)
def compiled(pattern: str, key: str = "pattern") -> Expression:
    """The RE2 expression that stands at *key* of a manifest. Raises BadCondition with advice.

    RE2 is what updatecli's Go has: it takes linear time whatever a manifest or a registry gives it. Its syntax:
    https://github.com/google/re2/wiki/Syntax.
    """
    import re2

    options = re2.Options()
    options.log_errors = False  # else the library writes the pattern, raw, to standard error: a workflow's log
    try:
        return Expression(re2.compile(pattern, options))
    except (re2.error, UnicodeEncodeError) as error:
        why = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else "it is not text"
        hint = next((advice for sign, advice in _ADVICE.items() if re.search(sign, pattern)), "")
        raise BadCondition(
            f"The {key} {quoted(pattern)} is not an RE2 regular expression: {why}.",
            now=hint or "See https://github.com/google/re2/wiki/Syntax for what it may hold.",
        ) from error


@dataclass(frozen=True, slots=True)
class Replacement:
    """What `replaceall` does: every match of *expression* becomes *pieces*, literal ones (true) and group names."""

    expression: Expression
    pieces: tuple[tuple[bool, str], ...]

    def apply(self, text: str) -> str:
        """*text* after the replacement."""
        return self.expression.sub(self._expanded, text)

    def _expanded(self, match: Match) -> str:
        return "".join([piece if literal else _group(match, piece) for literal, piece in self.pieces])


def replacement(pattern: str, text: str) -> Replacement:
    """Replace every match of *pattern* by *text*, with `$1`, `${1}` and `${name}` as Go's Regexp.Expand reads them.

    Raises BadCondition where *pattern* is no expression.
    """
    found: list[tuple[bool, str]] = []
    at = 0
    for each in _REFERENCE.finditer(text):
        name = each[1] or each[2]
        found += [(True, text[at : each.start()]), (name is None, name or "$")]
        at = each.end()
    return Replacement(compiled(pattern, "replaceall.pattern"), (*found, (True, text[at:])))


def _group(match: Match, name: str) -> str:
    try:
        return match.group(int(name) if name.isdigit() else name) or ""
    except (IndexError, ValueError):
        return ""  # as in Go: `$1x` is a group named `1x`, and what does not exist is empty
