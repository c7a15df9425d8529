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
    """What a caller says it published. A part that the inputs do not tell is None.

    *version_ends_with* is how the version of a chart can be told in its index.
    """

    kind: Kind
    name: str | None = None
    version: str | None = None
    channel: str | None = None
    version_ends_with: str | None = None


def read(image: str, chart: str, tag: str) -> Announcement:
    """The meaning of the inputs `image`, `chart` and `tag`."""
    image, chart = image.strip(), chart.strip()
    tag = tag.strip().removeprefix("refs/tags/")
    if image and image != "*":
        return _image(image, tag)
    if chart and chart != "*":
        return _chart(chart, tag)
    return Announcement("everything")


def _image(image: str, tag: str) -> Announcement:
    name, version = _split(image)
    if not _NAME.fullmatch(name) or (version and not _TAG.fullmatch(version)):
        return Announcement("unreadable")
    if version:
        return Announcement("image", name, version, tag if tag and tag != version else None)
    if _VERSION.fullmatch(tag):
        return Announcement("image", name, tag)
    malformed = re.match(r"v?\d+\.", tag)
    return Announcement("image", name, channel=None if malformed else tag or None)


def _chart(chart: str, tag: str) -> Announcement:
    """A chart's `tag` is its version, or a label of the build: `main@82aa861`, `iso.19632`."""
    name, version = _split(chart)
    if not _NAME.fullmatch(name):
        return Announcement("unreadable")
    if version or _VERSION.fullmatch(tag):
        return Announcement("chart", name, version or tag)
    channel, at, commit = tag.partition("@")
    if at:
        return Announcement("chart", name, channel=channel or None, version_ends_with=f"-{commit}")
    if re.fullmatch(r"[a-z-]+\.\d+", tag):
        return Announcement("chart", name, channel=tag.partition(".")[0], version_ends_with=f"-{tag}")
    return Announcement("chart", name, channel=tag or None)


def _split(name: str) -> tuple[str, str]:
    """A name and the version behind its colon; the colon of a port is none."""
    if ":" not in name.rpartition("/")[2]:
        return name, ""
    before, _, version = name.rpartition(":")
    return before, version


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
        other = not any(_announces(announced, change.version) for change in changes)
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


def _announces(announced: Announcement, version: str) -> bool:
    if announced.version is not None:
        return version.removeprefix("v") == announced.version.removeprefix("v")
    return announced.version_ends_with is None or version.endswith(announced.version_ends_with)


def first(announced: Announcement, changes: Iterable[Change]) -> list[Change]:
    """*changes* with those that were announced in front, otherwise in their order."""
    return sorted(changes, key=lambda change: not _is(announced, change.source))
