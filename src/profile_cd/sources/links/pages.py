"""Pages that tell what is new in a version: release notes, comparisons, the source of an image or chart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from profile_cd.credentials import Credentials
from profile_cd.errors import SourceFailed
from profile_cd.model import Link, Source
from profile_cd.protocols import Web
from profile_cd.sources import helmchart
from profile_cd.sources.github import GITHUB
from profile_cd.sources.links import forge
from profile_cd.sources.links import image as links_image
from profile_cd.sources.specs import DockerImage, GitHubRelease, GitTag, HelmChart

MOST_PRODUCTS = 20
MOST_LINKS = 5
"""Of one product."""

Step = tuple[Source, str, str]
"""A source, what stood in the file before, and the version that was chosen instead."""


def find(changed: Sequence[Step], web: Web, credentials: Credentials) -> Mapping[tuple[str, str], tuple[Link, ...]]:
    """Pages by (source id, version), for the first twenty products.

    Images cost one question that Docker Hub counts, each; so this is not to be asked before a merge. *web* bounds
    the time. What fails has no pages, silently.
    """
    distinct: dict[tuple[Source, str], Step] = {}
    for source, old, new in changed:
        distinct.setdefault((source, new), (source, old, new))
    steps = list(distinct.values())[:MOST_PRODUCTS]
    answers = web.side_by_side(lambda step: _pages(step, web, credentials), steps)
    return {
        (source.id, new): pages[:MOST_LINKS]
        for (source, _, new), pages in zip(steps, answers, strict=True)
        if not isinstance(pages, SourceFailed) and pages
    }


def _pages(step: Step, web: Web, credentials: Credentials) -> tuple[Link, ...]:
    source, old, new = step
    match source:
        case GitHubRelease():
            return _of_release(source, old, new)
        case GitTag():
            root = forge.repository(forge.page(source.url))
            return forge.comparison(root, old, new) if root else ()
        case HelmChart():
            return _of_chart(helmchart.told(source, new, web, credentials))
        case DockerImage():
            return links_image.pages(source, old, new, web, credentials)
    return ()


def _of_release(source: GitHubRelease, old: str, new: str) -> tuple[Link, ...]:
    host = "github.com" if source.host == GITHUB else source.host.removeprefix("api.")
    root = forge.page(f"https://{host}/{source.owner}/{source.repository}")
    if not root or source.key == "title":
        return ()
    if source.key == "taghash":
        hashes = all(re.fullmatch(r"[0-9a-f]{40}", each) for each in (old, new))
        return (Link("Comparison", f"{root}/compare/{old}...{new}"),) if hashes and old != new else ()
    notes = Link(f"Release {new}", f"{root}/releases/tag/{quote(new, safe='')}")
    return notes, *forge.comparison(root, old, new, below="")


def _of_chart(told: Sequence[str]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for url in filter(None, map(forge.page, told)):
        root = forge.repository(url)
        found.setdefault(url, Link("Source" if root else f"Page at {url.split('/')[2]}", url))
        if root.startswith("https://github.com/"):
            found.setdefault(f"{root}/releases", Link("Releases", f"{root}/releases"))
    return tuple(found.values())
