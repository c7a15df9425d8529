"""The first half of every command: read the manifests, ask their sources, draft the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from profile_cd import manifest, plan, sources
from profile_cd.errors import SourceFailed
from profile_cd.judgement import Awaited
from profile_cd.model import Loaded, Published, Snapshot, Source
from profile_cd.plan import path_of
from profile_cd.sources import Session


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
    """The sources of one run: what was asked is not asked again when the base moves.

    *awaited* is how long an announced version was looked for that was not listed, None where none was.
    """

    session: Session
    answers: dict[Source, tuple[str, ...] | SourceFailed] = field(default_factory=dict)
    details: dict[tuple[Source, str], Published | SourceFailed] = field(default_factory=dict)
    dates: dict[tuple[Source, str], datetime | None] = field(default_factory=dict)
    awaited: Awaited | None = None

    def versions(self, loaded: Loaded) -> Mapping[Source, tuple[str, ...] | SourceFailed]:
        """The versions of every source that *loaded* names."""
        wanted = {use.source for each in loaded.manifests for use in each.sources}
        new = [source for source in wanted if source not in self.answers]
        self.answers.update(sources.ask(new, self.session))
        return self.answers

    def published(self, draft: plan.Draft) -> Mapping[tuple[Source, str], Published | SourceFailed]:
        """The details of every version that *draft* would write."""
        new = [pair for pair in plan.chosen(draft) if pair not in self.details]
        self.details.update(sources.detail({pair: _runners_up(draft, *pair) for pair in new}, self.session))
        return self.details

    def dated(self, draft: plan.Draft, loaded: Loaded) -> None:
        """Find out when the versions were published for which a manifest's policy wants an age."""
        aged = {(each.path, each.id) for each in loaded.manifests if each.policy.minimum_age is not None}
        wanted = [
            (source, change.version)
            for change, source in draft.sources.items()
            if (change.path, change.manifest) in aged and (source, change.version) not in self.dates
        ]
        self.dates.update(sources.created(wanted, self.session) if wanted else {})


def directories(manifest_dir: str, within: str) -> tuple[str, ...]:
    """Where manifests may lie, from the repository's root."""
    names = (manifest_dir,) if manifest_dir else manifest.DEFAULT_DIRECTORIES
    return tuple(path_of(name, within) for name in names)


def load(
    place: Place, snapshot: Snapshot, places: tuple[str, ...], environment: Mapping[str, str] | None, within: str
) -> tuple[Snapshot, Loaded]:
    """The manifests of *snapshot*, and the snapshot with every file that they name."""
    files = {path: file.data if file.regular else None for path, file in snapshot.files.items()}
    loaded = manifest.load(files, places, environment)
    named = {path_of(target.file, within) for each in loaded.manifests for target in each.targets}
    return place.with_files(snapshot, sorted(named)), loaded


def draft(asking: Asking, snapshot: Snapshot, loaded: Loaded, within: str, now: datetime | None = None) -> Planned:
    """Ask, choose and compare. *now* (UTC) says which holds still hold."""
    answers = asking.versions(loaded)
    drafted = plan.draft(loaded, answers, snapshot, within=within, values=asking.session.values, now=now)
    confirmed = plan.confirm(drafted, asking.published(drafted))
    asking.dated(confirmed, loaded)
    return Planned(snapshot, loaded, confirmed)


def _runners_up(drafted: plan.Draft, source: Source, version: str) -> list[str]:
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
