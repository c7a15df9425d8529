"""Choices and today's texts become draft changes; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from profile_cd import neutral, sources, transformers, versions
from profile_cd.errors import BadCondition, EditRefused, NothingChosen, ProfileError, SourceFailed, Unreadable
from profile_cd.manifest import at_line
from profile_cd.model import (
    Change,
    Choice,
    Loaded,
    Manifest,
    Problem,
    Published,
    Snapshot,
    Source,
    SourceUse,
    TargetUse,
)
from profile_cd.plan import targets as plan_targets
from profile_cd.targets import yaml

Answers = Mapping[Source, "tuple[str, ...] | SourceFailed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What every manifest would write, before anybody judged it.

    *sources* holds the source that each change asked, *choices* the choice by (manifest, source) id.
    """

    changes: tuple[Change, ...] = ()
    sources: Mapping[Change, Source] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    failures: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    unchanged: int = 0


@dataclass(slots=True)
class _Drafting:
    """The parts of a Draft while it is being put together."""

    changes: list[Change] = field(default_factory=list)
    sources: dict[Change, Source] = field(default_factory=dict)
    choices: dict[tuple[str, str], Choice] = field(default_factory=dict)
    failures: list[Problem] = field(default_factory=list)
    unchanged: int = 0


def draft(loaded: Loaded, answers: Answers, snapshot: Snapshot, *, within: str = "") -> Draft:
    """Choose for every manifest and compare with what stands in the files.

    *within* is the directory that the manifests' file names are relative to, empty for the root.
    A manifest that fails in one target writes none of its targets.
    """
    lost = plan_targets.problems(loaded.manifests, snapshot, within=within)
    drafting = _Drafting(failures=[*loaded.failures, *lost])
    left_out = {(problem.path, problem.manifest) for problem in lost}
    for manifest in loaded.manifests:
        if (manifest.path, manifest.id) in left_out:
            continue
        try:
            changes = _changes(manifest, answers, snapshot, within, drafting)
        except Unreadable as error:
            drafting.failures.append(Problem(manifest.id, manifest.path, error.line, str(error)))
            continue
        drafting.unchanged += len(manifest.targets) - len(changes)
        for change, source in changes:
            drafting.changes.append(change)
            drafting.sources[change] = source
    return Draft(
        tuple(drafting.changes),
        drafting.sources,
        drafting.choices,
        tuple(drafting.failures),
        loaded.warnings,
        drafting.unchanged,
    )


def _changes(
    manifest: Manifest, answers: Answers, snapshot: Snapshot, within: str, drafting: _Drafting
) -> list[tuple[Change, Source]]:
    picked = {use.id: _pick(manifest, use, answers, drafting) for use in manifest.sources}
    found = []
    for target in manifest.targets:
        version, value, use = picked[target.source_id]
        at = plan_targets.place(snapshot, target, within)
        change = _change(manifest, target, use, (version, target.value or value), at)
        if change is not None:
            found.append((change, use.source))
    return found


def _pick(manifest: Manifest, use: SourceUse, answers: Answers, drafting: _Drafting) -> tuple[str, str, SourceUse]:
    try:
        answer = answers[use.source]
        if isinstance(answer, SourceFailed):
            raise answer
        choice = versions.choose(answer, use.condition, sources.order(use.source))
        drafting.choices[manifest.id, use.id] = choice
        if choice.picked is None:
            raise NothingChosen(choice.reason)
        return choice.picked, _value(use, choice.picked), use
    except ProfileError as error:
        raise at_line(error, use.line) from error


def _value(use: SourceUse, version: str) -> str:
    value = transformers.apply(use.transformers, version)
    if value:
        return value
    raise BadCondition(
        f"The transformers leave nothing of `{neutral.line(version, 120)}`, and nothing is never written.",
        probably="Perhaps the expression of a `find` or `findsubmatch` does not match.",
        now="Compare the expression with the version.",
    )


def _change(
    manifest: Manifest, target: TargetUse, use: SourceUse, choice: tuple[str, str], place: tuple[str, str]
) -> Change | None:
    version, value = choice
    path, text = place
    try:
        found = yaml.read(text, target.key, document=target.document)
        if all(each.value == value for each in found):
            return None
        for each in found:
            if not yaml.same_shape(each.value, value):
                raise EditRefused(  # one way out, with the line
                    f"`{target.key}` in `{path}` holds `{each.value}`; `{value}` is something of another kind.",
                    probably="Perhaps the keys of two manifests were swapped, or a transformer is missing.",
                    now="Compare the key and the transformers with the value that stands there.",
                )
        yaml.write(text, target.key, value, document=target.document)
    except ProfileError as error:
        raise at_line(error, target.line) from error
    return Change(
        manifest=manifest.id,
        name=manifest.name,
        path=manifest.path,
        line=target.line,
        source=use.source.id,
        product=use.source.product,
        file=path,
        key=target.key,
        old=yaml.joined(found),
        new=value,
        version=version,
        document=target.document,
    )


def chosen(draft: Draft) -> list[tuple[Source, str]]:
    """The distinct (source, version) pairs that would be written: all that is worth asking details of."""
    return list(dict.fromkeys((draft.sources[change], change.version) for change in draft.changes))


def confirm(draft: Draft, published: Mapping[tuple[Source, str], Published | SourceFailed]) -> Draft:
    """Turn every change whose version cannot be had into a failure of its manifest."""
    lost: dict[str, Problem] = {}
    for change in draft.changes:
        detail = published.get((draft.sources[change], change.version))
        reason = _missing(change, detail)
        if reason:
            lost.setdefault(change.manifest, Problem(change.manifest, change.path, change.line, reason))
    return replace(
        draft,
        changes=tuple(change for change in draft.changes if change.manifest not in lost),
        failures=(*draft.failures, *lost.values()),
    )


def _missing(change: Change, detail: Published | SourceFailed | None) -> str:
    if isinstance(detail, SourceFailed):
        return str(detail)
    if detail is not None and not detail.exists:
        return (
            f"{change.source} lists {change.version}, but the registry has no image for it. "
            "Perhaps its push is not finished: the next run looks again."
        )
    return ""


def stands(change: Change, snapshot: Snapshot) -> bool:
    """Whether the value that *change* replaces still stands in *snapshot*."""
    file = snapshot.files.get(change.file)
    if file is None:
        return False
    try:
        return yaml.value(file.data.decode("utf-8"), change.key, document=change.document) == change.old
    except (ProfileError, UnicodeDecodeError):
        return False


def texts(changes: Iterable[Change], snapshot: Snapshot) -> dict[str, bytes]:
    """The new content of each file that *changes* touch. Raises EditRefused when two of them collide."""
    edits: dict[str, list[tuple[str, str, int | None]]] = {}
    for change in changes:
        edits.setdefault(change.file, []).append((change.key, change.new, change.document))
    return {path: _edited(snapshot, path, of_file) for path, of_file in edits.items()}


def _edited(snapshot: Snapshot, path: str, edits: Sequence[tuple[str, str, int | None]]) -> bytes:
    return yaml.write_all(snapshot.files[path].data.decode("utf-8"), edits).encode("utf-8")
