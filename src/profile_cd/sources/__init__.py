"""Are asked: one file per kind of source that a manifest can name."""

from __future__ import annotations

from profile_cd.sources.answers import next_page
from profile_cd.sources.asking import KINDS, ask, detail, kind_of, pages
from profile_cd.sources.choosing import choose, order
from profile_cd.sources.dates import created
from profile_cd.sources.dockerimage import DockerImage
from profile_cd.sources.fresh import again, fresh, keeps
from profile_cd.sources.githubrelease import GitHubRelease, ReleaseKey
from profile_cd.sources.gittag import GitTag
from profile_cd.sources.helmchart import HelmChart
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.session import Session
from profile_cd.sources.typefilter import TypeFilter

__all__ = [
    "KINDS",
    "DockerImage",
    "GitHubRelease",
    "GitTag",
    "HelmChart",
    "Kind",
    "ReleaseKey",
    "Session",
    "TypeFilter",
    "Versions",
    "again",
    "ask",
    "choose",
    "created",
    "detail",
    "fresh",
    "keeps",
    "kind_of",
    "next_page",
    "order",
    "pages",
]
