"""The filter that goes by Python's rules, PEP 440."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profile_cd.versions.filter import Judged, sign
from profile_cd.versions.order import Order
from profile_cd.versions.specifiers import Alternatives, alternatives, parse, public
from profile_cd.versions.verdicts import NOT_A_VERSION, OUTSIDE, PRERELEASE

if TYPE_CHECKING:
    from packaging.version import Version


@dataclass(frozen=True, slots=True)
class Pep440:
    """The newest that one of the *alternatives* takes, prereleases as well; for `*` (none) rather a release."""

    alternatives: Alternatives

    @classmethod
    def of(cls, pattern: str) -> Pep440:
        """Raises BadCondition."""
        return cls(() if pattern == "*" else alternatives(pattern))

    def judge(self, candidates: Sequence[str], order: Order) -> Judged:
        del order
        parsed = [(parse(text), text) for text in candidates]
        found = [(version, text) for version, text in parsed if version is not None]
        found.sort(key=lambda each: each[0], reverse=True)
        releases = any(not version.is_prerelease for version, _ in found)
        rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
        return [*((text, self._reason(version, releases=releases)) for version, text in found), *rest]

    def _reason(self, version: Version, *, releases: bool) -> str:
        if not self.alternatives:
            return PRERELEASE if version.is_prerelease and releases else ""
        bare = public(version)
        for group in self.alternatives:
            for each in group:
                if not each.takes(version, bare):
                    break
            else:
                return ""
        return OUTSIDE

    def positional(self, order: Order) -> bool:
        del order
        return False

    def compare(self, one: str, other: str) -> int | None:
        was, now = parse(one), parse(other)
        return None if was is None or now is None else sign(was, now)
