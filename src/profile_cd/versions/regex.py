"""Regular expressions as manifests mean them: RE2, searched anywhere in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import re2

from profile_cd.errors import BadCondition
from profile_cd.versions.verdicts import quoted

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
        start, end = self._found.span(group)
        return None if start < 0 else self._found.string[start:end].decode("utf-8", "replace")


class Expression:
    """A compiled expression. *groups* is how many groups it has."""

    __slots__ = ("_compiled", "groups")

    def __init__(self, compiled: _Compiled) -> None:
        self._compiled = compiled
        self.groups = compiled.groups

    def search(self, text: str) -> Match | None:
        """The leftmost match. Raises UnicodeEncodeError for what is not UTF-8."""
        found = self._compiled.search(text.encode())
        return None if found is None else Match(found)

    def sub(self, replacement: Callable[[Match], str], text: str) -> str:
        """Replace all matches. Raises as `search`."""
        return self._compiled.sub(lambda found: replacement(Match(found)).encode(), text.encode()).decode(
            "utf-8", "replace"
        )


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
def expression(pattern: str, key: str = "pattern") -> Expression:
    """Compile an RE2 expression that stands at *key*. Raises BadCondition with advice."""
    options = re2.Options()
    options.log_errors = False
    try:
        return Expression(re2.compile(pattern, options))
    except (re2.error, UnicodeEncodeError) as error:
        why = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else "it is not text"
        hint = next((advice for sign, advice in _ADVICE.items() if re.search(sign, pattern)), "")
        raise BadCondition(
            f"The {key} {quoted(pattern)} is not an RE2 regular expression: {why}.",
            now=hint or "See https://github.com/google/re2/wiki/Syntax for what it may hold.",
        ) from error


def grouped(pattern: str) -> Expression:
    """The `regex` of `kind: regex/semver`, whose first group catches the version. Raises BadCondition without one."""
    instead = r"Write for example `regex: '^v?(\d+\.\d+\.\d+)$'`."
    if not pattern:
        raise BadCondition("`kind: regex/semver` needs a `regex` that says where the version stands.", now=instead)
    compiled = expression(pattern, "regex")
    if compiled.groups < 1:
        raise BadCondition(
            f"The regex {quoted(pattern)} has no group, so nothing says which part of a tag is its version.",
            now=f"Put parentheses around the version. {instead}",
        )
    return compiled


def search(compiled: Expression, text: str) -> Match | None:
    """The leftmost match; none in a text that cannot be written as UTF-8."""
    try:
        return compiled.search(text)
    except UnicodeEncodeError:
        return None


def replace_all(pattern: str, replacement: str, text: str) -> str:
    """Replace every match, with `$1`, `${1}` and `${name}` in *replacement* as Go reads them."""
    pieces = _pieces(replacement)

    def expanded(match: Match) -> str:
        return "".join([piece if literal else _group(match, piece) for literal, piece in pieces])

    try:
        return expression(pattern, "replaceall.pattern").sub(expanded, text)
    except UnicodeEncodeError:
        return text


@lru_cache(maxsize=64)
def _pieces(replacement: str) -> tuple[tuple[bool, str], ...]:
    """Literal pieces (true) and the names of groups (false)."""
    found: list[tuple[bool, str]] = []
    at = 0
    for each in _REFERENCE.finditer(replacement):
        name = each[1] or each[2]
        found += [(True, replacement[at : each.start()]), (name is None, name or "$")]
        at = each.end()
    return (*found, (True, replacement[at:]))


def _group(match: Match, name: str) -> str:
    try:
        return match.group(int(name) if name.isdigit() else name) or ""
    except (IndexError, KeyError):
        return ""  # as in Go: `$1x` is a group named `1x`, and what does not exist is empty
