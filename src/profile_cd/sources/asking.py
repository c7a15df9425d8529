"""Asks each distinct source once, all kinds side by side; an outage of one host fails its sources and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from profile_cd.credentials import Credentials
from profile_cd.errors import SourceFailed
from profile_cd.model import Published, Source
from profile_cd.protocols import Web
from profile_cd.sources import dockerimage, githubrelease, gittag, helmchart
from profile_cd.sources.specs import DockerImage, GitHubRelease, GitTag, HelmChart

Versions = tuple[str, ...] | SourceFailed
Ask = Callable[[Sequence[Any], Web, Credentials], Mapping[Any, Versions]]
Detail = Callable[[Any, str, Web, Credentials], Published]

KINDS: Mapping[type, tuple[Ask, Detail]] = {
    DockerImage: (dockerimage.ask, dockerimage.detail),
    GitHubRelease: (githubrelease.ask, githubrelease.detail),
    GitTag: (gittag.ask, gittag.detail),
    HelmChart: (helmchart.ask, helmchart.detail),
}
"""A kind answers for all its specs at once: they share tokens, indexes and questions."""


def ask(sources: Iterable[Source], web: Web, credentials: Credentials) -> Mapping[Source, Versions]:
    """The versions of every source, spelled as it spells them, or why there are none."""
    by_kind: dict[type, list[Source]] = {}
    for source in dict.fromkeys(sources):
        by_kind.setdefault(type(source), []).append(source)
    groups = list(by_kind.values())
    answers = web.side_by_side(lambda group: KINDS[type(group[0])][0](group, web, credentials), groups)
    found: dict[Source, Versions] = {}
    for group, answer in zip(groups, answers, strict=True):
        found |= dict.fromkeys(group, answer) if isinstance(answer, SourceFailed) else answer
    return found


def detail(
    chosen: Iterable[tuple[Source, str]], web: Web, credentials: Credentials
) -> Mapping[tuple[Source, str], Published | SourceFailed]:
    """What is known of each chosen version."""
    pairs = list(dict.fromkeys(chosen))

    def one(pair: tuple[Source, str]) -> Published:
        source, version = pair
        return KINDS[type(source)][1](source, version, web, credentials)

    return dict(zip(pairs, web.side_by_side(one, pairs), strict=True))
