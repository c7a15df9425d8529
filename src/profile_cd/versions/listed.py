"""The filters that go by the text or the position of a tag: `latest`, `regex` and `lex`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from profile_cd.expressions import Expression, Replacement, compiled
from profile_cd.versions.filter import Judged, sign
from profile_cd.versions.order import Order
from profile_cd.versions.semver import parse
from profile_cd.versions.verdicts import NO_MATCH, NOT_A_VERSION, NOT_NAMED, PRERELEASE, is_noise

_DIGITS = re.compile("([0-9]+)")


def _by_reading(one: str, other: str) -> int | None:
    """Which of two tags reads as the newer, where no list says so; None where they are neither versions nor alike."""
    was, now = parse(one), parse(other)
    return _numbers_compared(one, other) if was is None or now is None else sign(was.order, now.order)


def _numbers_compared(one: str, other: str) -> int | None:
    """`build-10` is newer than `build-9`: the same but for its numbers, which are compared by value."""
    was, now = _DIGITS.split(one), _DIGITS.split(other)
    if was[::2] != now[::2]:
        return None
    values = ([(len(digits.lstrip("0")), digits.lstrip("0")) for digits in each[1::2]] for each in (was, now))
    return sign(*values)


@dataclass(frozen=True, slots=True)
class Regex:
    """The last in the source's own order that the expression is found in."""

    expression: Expression
    replace: Replacement | None = None

    @classmethod
    def of(cls, pattern: str, replace: Replacement | None) -> Regex:
        """Raises BadCondition."""
        return cls(compiled(pattern), replace)

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order  # as updatecli: the last of the list, also where its order says nothing
        return [(text, self._reason(text)) for text in reversed(candidates)]

    def _reason(self, text: str) -> str:
        if is_noise(text):
            return NOT_A_VERSION
        return "" if self.expression.search(self.replace.apply(text) if self.replace else text) else NO_MATCH

    def positional(self, order: Order) -> bool:
        return order is not Order.NONE

    def compare(self, one: str, other: str) -> int | None:
        return _by_reading(one, other)


@dataclass(frozen=True, slots=True)
class Latest:
    """The last of a list that has an order, else the newest release; with a *name*, exactly the tag of that name.

    *name* is empty for any.
    """

    name: str

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        if self.positional(order) or self.name:
            return self._by_position(candidates)
        return self._by_version(candidates) or self._by_position(candidates)

    def _by_position(self, candidates: Sequence[str]) -> Judged:
        return [(text, NOT_A_VERSION if is_noise(text) else self._unnamed(text)) for text in reversed(candidates)]

    def _unnamed(self, text: str) -> str:
        return NOT_NAMED if self.name and text != self.name else ""

    def _by_version(self, candidates: Sequence[str]) -> Judged:
        """By version and not as delivered: an image's tags come in the order of their letters, v0.0.9 behind v0.0.14.

        A prerelease only where there is no release; empty where nothing is a version.
        """
        parsed = [(parse(text), text) for text in candidates]
        found = [(version, text) for version, text in parsed if version is not None]
        found.sort(key=lambda each: each[0].order, reverse=True)
        releases = any(not version.prerelease for version, _ in found)
        rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
        judged = [(text, PRERELEASE if releases and version.prerelease else "") for version, text in found]
        return [*judged, *rest] if judged else []

    def positional(self, order: Order) -> bool:
        return order is not Order.NONE

    def compare(self, one: str, other: str) -> int | None:
        return _by_reading(one, other)


@dataclass(frozen=True, slots=True)
class Lex:
    """The last in the order of bytes."""

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order
        return [
            (text, NOT_A_VERSION if is_noise(text) else "") for text in sorted(candidates, key=_bytes, reverse=True)
        ]

    def positional(self, order: Order) -> bool:
        del order
        return False

    def compare(self, one: str, other: str) -> int | None:
        return sign(_bytes(one), _bytes(other))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # Go sorts bytes; code points would put U+FFFF behind an emoji
