"""The first half of every command: read the manifests, ask their sources, draft the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from profile_cd import manifest, plan
from profile_cd import sources as releases
from profile_cd.credentials import Credentials
from profile_cd.errors import SourceFailed
from profile_cd.model import Loaded, Published, Snapshot, Source
from profile_cd.plan import path_of
from profile_cd.protocols import Web
from profile_cd.sources import DockerImage, dockerimage

DEFAULT_DIRECTORIES = (".updatecli", "updatecli.d")
MOST_LOOKED_AT = 5
"""How many older tags are asked for a platform that the chosen one lacks: each question counts as a pull."""


class Place(Protocol):
    """Where a snapshot can be completed: a working tree or a repository."""

    def with_files(self, snapshot: Snapshot, paths: Iterable[str]) -> Snapshot:
        """*snapshot* with those of *paths* that exist."""
        ...


@dataclass(frozen=True, slots=True)
class Planned:
    """Everything that is known before anything is judged."""

    snapshot: Snapshot
    loaded: Loaded
    draft: plan.Draft


@dataclass(slots=True)
class Asking:
    """The sources of one run: what was asked is not asked again when the base moves."""

    web: Web
    credentials: Credentials
    answers: dict[Source, tuple[str, ...] | SourceFailed] = field(default_factory=dict)
    details: dict[tuple[Source, str], Published | SourceFailed] = field(default_factory=dict)

    def versions(self, loaded: Loaded) -> Mapping[Source, tuple[str, ...] | SourceFailed]:
        """The versions of every source that *loaded* names."""
        wanted = {use.source for each in loaded.manifests for use in each.sources}
        new = [source for source in wanted if source not in self.answers]
        self.answers.update(releases.ask(new, self.web, self.credentials))
        return self.answers

    def published(self, draft: plan.Draft) -> Mapping[tuple[Source, str], Published | SourceFailed]:
        """The details of every version that *draft* would write."""
        self._ask_details(plan.chosen(draft))
        for source, version in plan.chosen(draft):
            detail = self.details[source, version]
            if isinstance(source, DockerImage) and isinstance(detail, Published):
                missing = dockerimage.lacks(source, detail)
                if missing:
                    newest = self._newest_with_all(source, runners_up(draft, source, version))
                    self.details[source, version] = dockerimage.unfit(source, version, missing, newest)
        return self.details

    def _newest_with_all(self, source: DockerImage, candidates: Iterable[str]) -> str:
        """The first of *candidates* that has every platform; empty where the first five have not."""
        for version in islice(candidates, MOST_LOOKED_AT):
            self._ask_details([(source, version)])
            detail = self.details[source, version]
            if isinstance(detail, Published) and detail.exists and not dockerimage.lacks(source, detail):
                return version
        return ""

    def _ask_details(self, pairs: Iterable[tuple[Source, str]]) -> None:
        new = [pair for pair in pairs if pair not in self.details]
        self.details.update(releases.detail(new, self.web, self.credentials))


def directories(manifest_dir: str, within: str) -> tuple[str, ...]:
    """Where manifests may lie, from the repository's root."""
    names = (manifest_dir,) if manifest_dir else DEFAULT_DIRECTORIES
    return tuple(path_of(name, within) for name in names)


def load(
    place: Place, snapshot: Snapshot, places: tuple[str, ...], environment: Mapping[str, str], within: str
) -> tuple[Snapshot, Loaded]:
    """The manifests of *snapshot*, and the snapshot with every file that they name."""
    files = {path: file.data for path, file in snapshot.files.items()}
    there = [each for each in places if any(path.startswith(f"{each}/") for path in files)]
    loaded = manifest.load(files, (there or list(places))[0], environment)
    named = {path_of(target.file, within) for each in loaded.manifests for target in each.targets}
    return place.with_files(snapshot, sorted(named)), loaded


def draft(asking: Asking, snapshot: Snapshot, loaded: Loaded, within: str) -> Planned:
    """Ask, choose and compare."""
    answers = asking.versions(loaded)
    drafted = plan.draft(loaded, answers, snapshot, within=within)
    return Planned(snapshot, loaded, plan.confirm(drafted, asking.published(drafted)))


def runners_up(drafted: plan.Draft, source: Source, version: str) -> list[str]:
    """What the conditions that picked *version* of *source* would take as well, newest first."""
    manifests = {change.manifest for change, each in drafted.sources.items() if each == source}
    found = [
        verdict.version
        for (manifest, _), choice in drafted.choices.items()
        if manifest in manifests and choice.picked == version
        for verdict in choice.verdicts
        if verdict.taken and verdict.version != version
    ]
    return list(dict.fromkeys(found))
