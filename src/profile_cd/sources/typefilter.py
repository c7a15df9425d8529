"""`typefilter`: which releases of a repository count."""

from __future__ import annotations

from dataclasses import dataclass

from profile_cd.fields import Field, Table, Written
from profile_cd.sources.github import Release

FIELDS: Table = {
    "draft": Field("Take drafts.", "flag"),
    "prerelease": Field("Take prereleases; alone it means only prereleases.", "flag"),
    "release": Field("Take releases.", "flag"),
    "latest": Field("Take only the release that GitHub calls the latest.", "flag"),
}


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Which releases count: `{prerelease: true}` alone means *only* those flagged so.

    Where draft, prerelease and release are all false, release is meant.
    """

    draft: bool = False
    prerelease: bool = False
    release: bool = False
    latest: bool = False


def read(spec: Written) -> TypeFilter | None:
    """What is written at `typefilter`; None where nothing is. Raises Unreadable."""
    if not spec.has("typefilter"):
        return None
    level = spec.below("typefilter", FIELDS)
    draft, prerelease, release = (level.flag(each) for each in ("draft", "prerelease", "release"))
    return TypeFilter(draft, prerelease, release or not (draft or prerelease), level.flag("latest"))


def passes(release: Release, wanted: TypeFilter) -> bool:
    """Updatecli's rule: `release` is meant only where draft, prerelease and release are all false."""
    plain = wanted.release or not (wanted.draft or wanted.prerelease)
    if wanted.latest and not release.latest:
        return False
    if release.draft:
        return wanted.draft
    return wanted.prerelease if release.prerelease else plain
