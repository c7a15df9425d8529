"""What the inputs of a dispatch mean, and what became of what they announced.

The inputs are hints: nothing that is written, and no title, depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from profile_cd.model import Change, Loaded, Plan

Kind = Literal["image", "chart", "everything", "unreadable"]

_NAME = re.compile(r"[a-z0-9]+(?:[._/:-]+[a-z0-9]+)*", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", re.ASCII)
_VERSION = re.compile(r"v?\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a caller says it published. A part that the inputs do not tell is None."""

    kind: Kind
    name: str | None = None
    version: str | None = None
    channel: str | None = None


def read(image: str, chart: str, tag: str) -> Announcement:
    """The meaning of the inputs `image`, `chart` and `tag`."""
    tag = tag.strip().removeprefix("refs/tags/")
    if image.strip():
        return _image(image.strip(), tag)
    if chart.strip():
        return _chart(chart.strip(), tag)
    return Announcement("everything")


def _image(image: str, tag: str) -> Announcement:
    name, version = image, ""
    if ":" in image.rpartition("/")[2]:
        name, _, version = image.rpartition(":")
    if not _NAME.fullmatch(name) or (version and not _TAG.fullmatch(version)):
        return Announcement("unreadable")
    if version:
        return Announcement("image", name, version, tag or None)
    if _VERSION.fullmatch(tag):
        return Announcement("image", name, tag)
    if re.match(r"v?\d+\.", tag):
        return Announcement("image", name, None, None)
    return Announcement("image", name, None, tag or None)


def _chart(chart: str, tag: str) -> Announcement:
    name, _, version = chart.rpartition(":") if ":" in chart.rpartition("/")[2] else (chart, "", "")
    if not _NAME.fullmatch(name):
        return Announcement("unreadable")
    return Announcement("chart", name, version or None, tag or None)


def outcome(announced: Announcement, loaded: Loaded, plan: Plan) -> str:
    """One sentence on what became of the announcement; empty where nothing was announced."""
    if announced.kind == "everything":
        return ""
    if announced.kind == "unreadable":
        return "The inputs of this dispatch cannot be read as an image or a chart; everything was looked at."
    what = f"`{announced.name}`" + (f" `{announced.version}`" if announced.version else "")
    changes = [change for change in plan.changes if _is(announced, change.source)]
    if changes:
        took = ", ".join(dict.fromkeys(f"`{change.version}`" for change in changes))
        other = announced.version and all(not _same(change.version, announced.version) for change in changes)
        return f"Announced: {what}. " + (f"Taken instead: {took}." if other else f"Taken: {took}.")
    if not _tracked(announced, loaded):
        return f"Announced: {what}, which no manifest tracks."
    if any(_is(announced, kept.change.source) for kept in plan.kept):
        return f"Announced: {what}, which was kept back; see below."
    return f"Announced: {what}. Nothing of it is newer than what stands here and allowed by its condition."


def _tracked(announced: Announcement, loaded: Loaded) -> bool:
    return any(_is(announced, use.source.id) for manifest in loaded.manifests for use in manifest.sources)


def _is(announced: Announcement, source: str) -> bool:
    kind, _, rest = source.partition(":")
    if announced.kind == "chart":
        return kind == "helmchart" and rest.rpartition("#")[2] == (announced.name or "").rpartition("/")[2]
    return kind == "dockerimage" and _plain(rest) == _plain(announced.name or "")


def _plain(image: str) -> str:
    for prefix in ("docker.io/", "index.docker.io/", "library/"):
        image = image.removeprefix(prefix)
    return image


def _same(one: str, other: str) -> bool:
    return one.removeprefix("v") == other.removeprefix("v")


def first(announced: Announcement, changes: Iterable[Change]) -> list[Change]:
    """*changes* with those that were announced in front, otherwise in their order."""
    return sorted(changes, key=lambda change: not _is(announced, change.source))
