"""Lays a pattern's bounds over a list of versions: node-semver compares, the prerelease rule is applied on top."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from profile_cd.versions.range import Group
from profile_cd.versions.semver import Version
from profile_cd.versions.verdicts import ABOVE, BELOW, BETWEEN, EXCLUDED, PRERELEASE


@dataclass(frozen=True, slots=True)
class Window:
    """Where a group's bounds fall in one list of versions, newest first: `start` is in, `stop` is not."""

    start: int
    stop: int
    holes: tuple[tuple[int, int, str | None], ...]
    prereleases: bool

    def reason(self, index: int, version: Version) -> str:
        """Why the version at *index* is not taken; empty where it is."""
        if index < self.start:
            return ABOVE
        if index >= self.stop:
            return BELOW
        # The gate comes behind the bounds, so that it is named as the reason only where it is the only one.
        if version.prerelease and not self.prereleases:
            return PRERELEASE
        for start, stop, prerelease in self.holes:
            if start <= index < stop and prerelease in {None, version.prerelease}:
                return EXCLUDED
        return ""


def windows(groups: Sequence[Group], versions: Sequence[Version]) -> tuple[Window, ...]:
    """Each of *groups* laid over *versions*, which are sorted newest first."""
    return tuple(_window(group, versions) for group in groups)


def _window(group: Group, versions: Sequence[Version]) -> Window:
    upper = [_place(bound, versions) for bound in group.bounds if bound.startswith("<")]
    lower = [_place(bound, versions) for bound in group.bounds if bound.startswith(">")]
    holes = (
        (_place(hole.bounds[0], versions), _place(hole.bounds[1], versions), hole.prerelease) for hole in group.holes
    )
    return Window(max(upper, default=0), min(lower, default=len(versions)), tuple(holes), prereleases=group.prereleases)


def _place(bound: str, versions: Sequence[Version]) -> int:
    """Where *bound* falls among *versions*, newest first: the first that an upper bound admits or a lower one does not.

    That is the first one below the bound's version, or also equal to it, by node-semver's comparison.
    """
    import nodesemver

    comparator = nodesemver.make_comparator(bound, loose=False)
    least = 1 if comparator.operator in {"<", ">="} else 0

    def reached(version: Version) -> bool:
        return bool(comparator.semver.compare(version.canonical) >= least)

    return bisect_left(versions, True, key=reached)


def reason(laid: Sequence[Window], index: int, version: Version) -> str:
    """Why none of the windows takes the version; empty where one does."""
    reasons = set()
    for window in laid:
        found = window.reason(index, version)
        if not found:
            return ""
        reasons.add(found)
    if len(reasons) == 1:
        return reasons.pop()
    return next((each for each in (PRERELEASE, EXCLUDED) if each in reasons), BETWEEN)
