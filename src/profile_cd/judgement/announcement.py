"""What the inputs of a dispatch mean, and which sources are to be asked again for what they announce.

The inputs are hints: nothing that is written, and no title, depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from profile_cd import sources
from profile_cd.errors import BadCondition
from profile_cd.model import Change, Hold, Loaded, Manifest, Source, SourceUse
from profile_cd.plan import Answers
from profile_cd.sources import registry

Kind = Literal["image", "chart", "everything", "unreadable"]

_NAME = re.compile(r"[a-z0-9]+(?:[._/:-]+[a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"v?\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a caller says it published. A part that the inputs do not name is None.

    *version_ends_with* is how the version of a chart is known in its index; *no_version* is what was given for a
    version and is none.
    """

    kind: Kind
    name: str | None = None
    version: str | None = None
    channel: str | None = None
    version_ends_with: str | None = None
    no_version: str = ""

    @property
    def names_a_version(self) -> bool:
        """Whether one version is meant, so that it can be looked for."""
        return bool(self.version or self.version_ends_with)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The announced version as announced, and with or without its `v`: callers and registries differ in that."""
        if self.version is None or not _VERSION.fullmatch(self.version):
            return (self.version,) if self.version else ()
        bare = _bare(self.version)
        return (self.version, bare if bare != self.version else f"v{bare}")

    def means(self, version: str) -> bool:
        """Whether *version*, as a source spells it, is the announced one; any is where none was named."""
        if self.version is not None:
            return _bare(version) == _bare(self.version)
        return self.version_ends_with is None or version.endswith(self.version_ends_with)


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
    if not _NAME.fullmatch(name) or (version and not registry.is_tag(version)):
        return Announcement("unreadable")
    if version:
        return Announcement("image", name, version, tag if tag and tag != version else None)
    if _VERSION.fullmatch(tag):
        return Announcement("image", name, tag)
    if re.match(r"v?\d+\.", tag):
        return Announcement("image", name, no_version=tag)
    return Announcement("image", name, channel=tag or None)


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


def tracking(announced: Announcement, loaded: Loaded) -> list[tuple[Manifest, SourceUse]]:
    """The manifests with a source of what was announced.

    A release of the repository that the image is called after counts as well: whoever announces the one has often
    published both.
    """
    return [(each, use) for each in loaded.manifests for use in each.sources if _is(announced, use.source.id)]


def awaited(
    announced: Announcement, loaded: Loaded, answers: Answers, now: datetime | None = None
) -> tuple[Source, ...]:
    """The sources that lack what was announced although they would be chosen from otherwise if they listed it.

    Empty where one of them lists it, where no condition would take it, where a hold keeps another version at *now*
    (UTC), and where a newer one is taken anyway: then nothing depends on it, and nobody waits.
    """
    if not announced.names_a_version:
        return ()
    found = tracking(announced, loaded)
    named = [use for _, use in found if _names(announced, use.source.id)]
    lists = {use.source: answers.get(use.source, ()) for use in named or [use for _, use in found]}
    if any(announced.means(version) for listed in lists.values() for version in _of(listed)):
        return ()
    free = [use for manifest, use in found if held(announced, manifest, now) is None]
    uses = [use for use in free if use.source in lists and isinstance(lists[use.source], tuple)]
    wanted = [use.source for use in uses if _would_be_taken(announced, use, _of(lists[use.source]))]
    return tuple(dict.fromkeys(wanted))


def held(announced: Announcement, manifest: Manifest, now: datetime | None) -> Hold | None:
    """The hold by which *manifest* takes another version than the announced one at *now*; None without a clock."""
    hold = manifest.policy.hold
    if hold is None or now is None or not hold.holds(now) or announced.means(hold.version):
        return None
    return hold


def _of(answer: object) -> Sequence[str]:
    return answer if isinstance(answer, tuple) else ()


def _would_be_taken(announced: Announcement, use: SourceUse, listed: Sequence[str]) -> bool:
    """Whether the condition would pick the announced version; True where only its end is known."""
    if announced.version is None:
        return True
    kept = [version for version in announced.spellings if sources.keeps(use.source, version)]
    try:
        return any(sources.choose(use.source, (*listed, each), use.condition).picked == each for each in kept)
    except BadCondition:
        return False


def _is(announced: Announcement, source: str) -> bool:
    return _names(announced, source) or (announced.kind == "image" and _home(announced) == _repository(source))


def _names(announced: Announcement, source: str) -> bool:
    """Whether *source* is of just the image or chart that was announced."""
    kind, _, rest = source.partition(":")
    if announced.kind == "chart":
        return kind == "helmchart" and rest.rpartition("#")[2] == (announced.name or "").rpartition("/")[2]
    return announced.kind == "image" and kind == "dockerimage" and plain(rest) == plain(announced.name or "")


def plain(image: str) -> str:
    """An image's name without what Docker Hub is left out by."""
    for prefix in ("docker.io/", "index.docker.io/", "library/"):
        image = image.removeprefix(prefix)
    return image


def _home(announced: Announcement) -> str:
    """Where the announced image is probably made: `owner/repository`, its last two components."""
    return "/".join((announced.name or "").lower().split("/")[-2:])


def _repository(source: str) -> str:
    """The `owner/repository` on GitHub of a source of releases or tags; empty for any other."""
    kind, _, rest = source.partition(":")
    if kind == "githubrelease":
        return rest.lower()
    match = re.fullmatch(r"https://github\.com/([^/]+/[^/]+?)(\.git)?/?", rest, re.IGNORECASE)
    return match[1].lower() if kind == "gittag" and match else ""


def _bare(version: str) -> str:
    return version.removeprefix("v")


def names(loaded: Loaded) -> Iterator[str]:
    """The names of all images and charts that a manifest tracks."""
    for manifest in loaded.manifests:
        for use in manifest.sources:
            kind, _, rest = use.source.id.partition(":")
            if kind in {"dockerimage", "helmchart"}:
                yield rest.rpartition("#")[2] if kind == "helmchart" else rest


def first(announced: Announcement, changes: Iterable[Change]) -> list[Change]:
    """*changes* with those that were announced in front, otherwise in their order."""
    return sorted(changes, key=lambda change: not _is(announced, change.source))
