"""One prerelease channel beside the releases: `track: infitx` admits `17.2.0-infitx.3` and no other prerelease.

A pattern alone cannot say so: `^2.14.2-storage-cluster.0` takes any later prerelease of 2.x (`a2160d8`, `8a4cb26`).
"""

from __future__ import annotations

from dataclasses import replace

from profile_cd.versions.range import Group
from profile_cd.versions.semver import Version


def admitting(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """*groups* that take prereleases within their bounds, also where they name none.

    Where they name none, an upper bound keeps its prereleases out: `<2.0.0` does not mean `2.0.0-infitx.1`.
    """
    return tuple(
        group if group.prereleases else replace(group, prereleases=True, bounds=tuple(map(_closed, group.bounds)))
        for group in groups
    )


def _closed(bound: str) -> str:
    below = bound.startswith("<") and not bound.startswith("<=") and "-" not in bound
    return f"{bound}-0" if below else bound


def off_track(version: Version, track: str) -> str:
    """Why *version* is not on the *track*; empty where it is, is a release, or where there is no track."""
    if not track or not version.prerelease or version.prerelease.partition(".")[0] == track:
        return ""
    return f"a prerelease of another track than `{track}`"
