"""Are asked: one file per kind of source that a manifest can name."""

from __future__ import annotations

from profile_cd.sources.answers import OK, next_page
from profile_cd.sources.asking import KINDS, ask, detail
from profile_cd.sources.specs import DockerImage, GitHubRelease, GitTag, HelmChart, ReleaseKey, TypeFilter

__all__ = [
    "KINDS",
    "OK",
    "DockerImage",
    "GitHubRelease",
    "GitTag",
    "HelmChart",
    "ReleaseKey",
    "TypeFilter",
    "ask",
    "detail",
    "next_page",
]
