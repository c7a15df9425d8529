"""The filter that goes by Python's rules, PEP 440."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profile_cd.errors import BadCondition
from profile_cd.neutral import quoted
from profile_cd.versions.filter import Judged, sign
from profile_cd.versions.order import Order
from profile_cd.versions.verdicts import NOT_A_VERSION, OUTSIDE, PRERELEASE

if TYPE_CHECKING:  # packaging takes 20 ms to import: only where a manifest wants it
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version


@dataclass(frozen=True, slots=True)
class Pep440:
    """The newest by Python's rules; prereleases only where the pattern names one, or `*` finds nothing else.

    *alternatives* are specifiers of which one must hold, none for `*`.
    """

    alternatives: tuple[SpecifierSet, ...]

    @classmethod
    def of(cls, pattern: str) -> Pep440:
        """Raises BadCondition."""
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        if pattern.strip() == "*":
            return cls(())
        try:
            return cls(tuple(SpecifierSet(part) for part in pattern.split("||")))
        except InvalidSpecifier as error:
            raise BadCondition(
                f"The pattern {quoted(pattern)} is not a PEP 440 specifier.",
                now="Write comparisons with commas between them, like `>=1.2,<2` or `~=1.4.2`.",
            ) from error

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order
        sets = [(each, bool(each.prereleases)) for each in self.alternatives]
        parsed = list(zip(_parsed(candidates), candidates, strict=True))
        found = [(version, text) for version, text in parsed if version is not None]
        found.sort(key=lambda each: each[0], reverse=True)
        prereleases = not sets and all(version.is_prerelease for version, _ in found)

        def judged(version: Version) -> str:
            if not sets:
                return PRERELEASE if version.is_prerelease and not prereleases else ""
            if any(each.contains(version, prereleases=named) for each, named in sets):
                return ""
            hidden = version.is_prerelease and any(each.contains(version, prereleases=True) for each, _ in sets)
            return PRERELEASE if hidden else OUTSIDE

        rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
        return [*((text, judged(version)) for version, text in found), *rest]

    def positional(self, order: Order) -> bool:
        del order
        return False

    def compare(self, one: str, other: str) -> int | None:
        was, now = _parsed((one, other))
        return None if was is None or now is None else sign(was, now)


def _parsed(texts: Sequence[str]) -> list[Version | None]:
    from packaging.version import InvalidVersion, Version

    def parsed(text: str) -> Version | None:
        try:
            return Version(text)
        except InvalidVersion:
            return None

    return [parsed(text) for text in texts]
