"""`typefilter`: which releases of a repository count."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    """Which releases count: `{prerelease: true}` alone means *only* those flagged so."""

    draft: bool = False
    prerelease: bool = False
    release: bool = False
    latest: bool = False

    @property
    def plain(self) -> bool:
        """Whether those count that are neither drafts nor prereleases: also where nothing else is named (updatecli)."""
        return self.release or not (self.draft or self.prerelease)


def read(spec: Written) -> TypeFilter | None:
    """What is written at `typefilter`; None where nothing is. Raises Unreadable."""
    if not spec.has("typefilter"):
        return None
    level = spec.below("typefilter", FIELDS)
    found = TypeFilter(*(level.flag(each) for each in FIELDS))
    return replace(found, release=found.plain)


def passes(release: Release, wanted: TypeFilter) -> bool:
    """Whether *release* is among the *wanted* ones."""
    if wanted.latest and not release.latest:
        return False
    if release.draft:
        return wanted.draft
    return wanted.prerelease if release.prerelease else wanted.plain
