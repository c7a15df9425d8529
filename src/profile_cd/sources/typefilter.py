"""`typefilter`: which releases of a repository count."""

from __future__ import annotations

from dataclasses import dataclass

from profile_cd.sources.github import Release


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Which releases count: `{prerelease: true}` alone means *only* those flagged so.

    Where draft, prerelease and release are all false, release is meant.
    """

    draft: bool = False
    prerelease: bool = False
    release: bool = False
    latest: bool = False


def passes(release: Release, wanted: TypeFilter) -> bool:
    """Updatecli's rule: `release` is meant only where draft, prerelease and release are all false."""
    plain = wanted.release or not (wanted.draft or wanted.prerelease)
    if wanted.latest and not release.latest:
        return False
    if release.draft:
        return wanted.draft
    return wanted.prerelease if release.prerelease else plain
