"""Asks each distinct source once, all kinds side by side; an outage of one host fails its sources and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from profile_cd.errors import SourceFailed
from profile_cd.model import Link, Published, Source
from profile_cd.sources import dockerimage, githubrelease, gittag, helmchart
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.session import Session

MOST_PRODUCTS = 20
"""Whose pages are looked for."""
MOST_LINKS = 5
"""Of one product."""

KINDS: Mapping[str, Kind[Any]] = {
    "dockerimage": dockerimage.KIND,
    "helmchart": helmchart.KIND,
    "githubrelease": githubrelease.KIND,
    "gittag": gittag.KIND,
}
"""Every kind of source that a manifest can name, by its name there. Each takes the specs of its own kind only."""

Step = tuple[Source, str, str]
"""A source, what stood in the file before, and the version that was chosen instead."""


def kind_of(source: Source) -> Kind[Any]:
    """The kind that *source* is of."""
    return next(kind for kind in KINDS.values() if isinstance(source, kind.spec))


def ask(sources: Iterable[Source], session: Session) -> Mapping[Source, Versions]:
    """The versions of every source, spelled as it spells them, or why there are none."""
    by_kind: dict[type, list[Source]] = {}
    for source in dict.fromkeys(sources):
        by_kind.setdefault(type(source), []).append(source)
    groups = list(by_kind.values())
    answers = session.web.side_by_side(lambda group: kind_of(group[0]).ask(group, session), groups)
    found: dict[Source, Versions] = {}
    for group, answer in zip(groups, answers, strict=True):
        found |= dict.fromkeys(group, answer) if isinstance(answer, SourceFailed) else answer
    return found


def detail(
    chosen: Mapping[tuple[Source, str], Sequence[str]], session: Session
) -> Mapping[tuple[Source, str], Published | SourceFailed]:
    """What is known of each chosen version, or why it cannot be had.

    *chosen* holds the older versions that may be taken as well, newest first, by (source, version).
    """

    def one(pair: tuple[Source, str]) -> Published:
        source, version = pair
        return kind_of(source).detail(source, version, chosen[pair], session)

    return dict(zip(chosen, session.web.side_by_side(one, list(chosen)), strict=True))


def pages(changed: Sequence[Step], session: Session) -> Mapping[tuple[str, str], tuple[Link, ...]]:
    """Pages about what is new, by (source id, version), for the first twenty products.

    Images cost one question that Docker Hub counts, each; so this is not to be asked before a merge. The session's
    web bounds the time. What fails has no pages, silently.
    """
    distinct: dict[tuple[Source, str], Step] = {}
    for source, old, new in changed:
        distinct.setdefault((source, new), (source, old, new))
    steps = list(distinct.values())[:MOST_PRODUCTS]

    def one(step: Step) -> tuple[Link, ...]:
        source, old, new = step
        return kind_of(source).links(source, old, new, session)

    answers = session.web.side_by_side(one, steps)
    return {
        (source.id, new): found[:MOST_LINKS]
        for (source, _, new), found in zip(steps, answers, strict=True)
        if not isinstance(found, SourceFailed) and found
    }
