"""The filters that compare with a semver range: `semver` and `regex/semver`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profile_cd.errors import BadCondition
from profile_cd.expressions import Expression, Replacement, compiled
from profile_cd.neutral import quoted
from profile_cd.versions import tracks
from profile_cd.versions.filter import Judged, sign
from profile_cd.versions.order import Order
from profile_cd.versions.range import Group, groups
from profile_cd.versions.semver import Version, parse
from profile_cd.versions.verdicts import NO_MATCH, NOT_A_VERSION, NOT_STRICT
from profile_cd.versions.window import reason, windows

Found = list[tuple[Version, str]]


@dataclass(frozen=True, slots=True)
class Semver:
    """The newest version in the range; of equal ones the first listed."""

    range: tuple[Group, ...]
    strict: bool = False
    track: str = ""

    @classmethod
    def of(cls, pattern: str, track: str = "", *, strict: bool) -> Semver:
        """Raises BadCondition."""
        return cls(_tracked(groups(pattern), track), strict, track)

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order
        parsed = [(parse(text, strict=self.strict), text) for text in candidates]
        found = [(version, text) for version, text in parsed if version is not None]
        rest = [(text, _no_version(text, strict=self.strict)) for version, text in parsed if version is None]
        return [*_in_range(found, self.range, self.track), *rest]

    def positional(self, order: Order) -> bool:
        del order
        return False

    def compare(self, one: str, other: str) -> int | None:
        was, now = parse(one), parse(other)
        return None if was is None or now is None else sign(was.order, now.order)


@dataclass(frozen=True, slots=True)
class RegexSemver:
    """As Semver, over what the expression's first group catches; without a range, prereleases count as well."""

    expression: Expression
    range: tuple[Group, ...] | None
    replace: Replacement | None = None
    strict: bool = False
    track: str = ""

    @classmethod
    def of(cls, regex: str, pattern: str, replace: Replacement | None, track: str = "", *, strict: bool) -> RegexSemver:
        """Raises BadCondition, also for an expression without a group."""
        range_ = _tracked(groups(pattern), track) if pattern else None
        return cls(_grouped(regex), range_, replace, strict, track)

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order
        rest: Judged = []
        found: dict[str, tuple[Version, str]] = {}
        superseded: Found = []
        for text in candidates:
            caught = self.caught(text)
            version = parse(caught, strict=self.strict) if caught is not None else None
            if caught is None or version is None:
                rest.append((text, NO_MATCH if caught is None else _no_version(caught, strict=self.strict)))
                continue
            # updatecli keeps a map from what was caught to its tag, so of two tags that catch one text the later
            # wins; of different texts for one version (1.0, 1.0.0) the first, as everywhere.
            if caught in found:
                superseded.append(found[caught])
            found[caught] = (version, text)
        return [*_in_range([*found.values(), *superseded], self.range, self.track), *rest]

    def caught(self, text: str) -> str | None:
        """What the first group catches in a tag, after `replaceall`; None where the expression is not found."""
        match = self.expression.search(self.replace.apply(text) if self.replace else text)
        return match.group(1) if match else None

    def positional(self, order: Order) -> bool:
        del order
        return False

    def compare(self, one: str, other: str) -> int | None:
        was, now = (parse(caught) if caught else None for caught in (self.caught(one), self.caught(other)))
        return None if was is None or now is None else sign(was.order, now.order)


def _no_version(text: str, *, strict: bool) -> str:
    return NOT_STRICT if strict and parse(text) is not None else NOT_A_VERSION


def _tracked(found: tuple[Group, ...], track: str) -> tuple[Group, ...]:
    return tracks.admitting(found) if track else found


def _in_range(found: Found, groups: tuple[Group, ...] | None, track: str) -> Judged:
    found = sorted(found, key=lambda each: each[0].order, reverse=True)  # stable: of equal ones the first listed
    if groups is None:
        return [(text, tracks.off_track(version, track)) for version, text in found]
    laid = windows(groups, [version for version, _ in found])
    return [
        (text, reason(laid, index, version) or tracks.off_track(version, track))
        for index, (version, text) in enumerate(found)
    ]


def _grouped(pattern: str) -> Expression:
    instead = r"Write for example `regex: '^v?(\d+\.\d+\.\d+)$'`."
    if not pattern:
        raise BadCondition("`kind: regex/semver` needs a `regex` that says where the version stands.", now=instead)
    expression = compiled(pattern, "regex")
    if expression.groups < 1:
        raise BadCondition(
            f"The regex {quoted(pattern)} has no group, so nothing says which part of a tag is its version.",
            now=f"Put parentheses around the version. {instead}",
        )
    return expression
