"""Choices and today's texts become draft changes; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from profile_cd import neutral, sources, transformers, versions
from profile_cd.errors import BadCondition, NothingChosen, ProfileError, SourceFailed, Unreadable, unexpected
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
from profile_cd.plan import holding
from profile_cd.plan.targets import Looked, look, path_of, problem
from profile_cd.plan.writing import refused
from profile_cd.targets.shape import fits
from profile_cd.targets.yaml import Found, joined

Answers = Mapping[Source, "tuple[str, ...] | SourceFailed"]
Values = Mapping[tuple[Source, str], str]


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

    values: Values
    now: datetime | None = None
    sources: dict[Change, Source] = field(default_factory=dict)
    choices: dict[tuple[str, str], Choice] = field(default_factory=dict)
    failures: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unchanged: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Picked:
    """What came of a source: a *version* and its *value*, the same of the version that is held, if one is."""

    use: SourceUse
    choice: Choice
    version: str
    value: str
    held: tuple[str, str] | None = None

    def for_target(self, target: TargetUse, found: Sequence[Found]) -> tuple[str, str, bool]:
        """The version and the value to write, and whether they are held: the held one, unless it stands there."""
        if self.held is None or target.value or all(each.value == self.held[1] for each in found):
            return self.version, target.value or self.value, False
        holding.ensure_listed(self.held[0], self.choice)
        return *self.held, True


def draft(  # what is read, what was answered, and when
    loaded: Loaded,
    answers: Answers,
    snapshot: Snapshot,
    *,
    within: str = "",
    values: Values | None = None,
    now: datetime | None = None,
) -> Draft:
    """Choose for every manifest and compare with what stands in the files.

    *within* is the directory that the manifests' file names are relative to, empty for the root. *values* holds what
    is written for a version where that is not its name, like the commit of a release. *now* (UTC) says which holds
    still hold; without it, none does.
    A manifest that fails in one target writes none of its targets.
    """
    looked = look(loaded.manifests, snapshot, within)
    drafting = _Drafting(values=values or {}, now=now, failures=[*loaded.failures, *looked.problems])
    left_out = {(problem.path, problem.manifest) for problem in looked.problems}
    for manifest in loaded.manifests:
        if (manifest.path, manifest.id) in left_out:
            continue
        try:
            changes = _changes(manifest, answers, looked, within, drafting)
        except Unreadable as error:
            drafting.failures.append(problem(manifest, error.line, error))
            continue
        except Exception as error:  # noqa: BLE001  # a value that nobody thought of fails its own manifest only
            drafting.failures.append(problem(manifest, manifest.line, unexpected(error, ProfileError)))
            continue
        drafting.unchanged[manifest.path, manifest.id] = len(manifest.targets) - len(changes)
        drafting.sources |= dict(changes)
    for change, refusal in refused(drafting.sources, snapshot).items():
        drafting.failures.append(Problem(change.manifest, change.path, change.line, str(refusal)))
        left_out.add((change.path, change.manifest))
    kept = {each: used for each, used in drafting.sources.items() if (each.path, each.manifest) not in left_out}
    unchanged = sum(number for each, number in drafting.unchanged.items() if each not in left_out)
    warnings = (*loaded.warnings, *drafting.warnings)
    return Draft(tuple(kept), kept, drafting.choices, tuple(drafting.failures), warnings, unchanged)


def _changes(
    manifest: Manifest, answers: Answers, looked: Looked, within: str, drafting: _Drafting
) -> list[tuple[Change, Source]]:
    picked = {use.id: _pick(manifest, use, answers, drafting) for use in manifest.sources}
    found = []
    for target in manifest.targets:
        source = picked[target.source_id]
        here = looked.found[manifest.path, manifest.id, target]
        try:
            version, new, held = source.for_target(target, here)
        except ProfileError as error:
            raise at_line(error, target.line) from error
        if all(each.value == new for each in here):
            continue
        _refuse_another_kind(target, here, new)
        change = _change(manifest, target, source.use, (joined(here), new, version), within)
        found.append((replace(change, held=held), source.use.source))
    return found


def _pick(manifest: Manifest, use: SourceUse, answers: Answers, drafting: _Drafting) -> _Picked:
    try:
        answer = answers[use.source]
        if isinstance(answer, SourceFailed):
            raise answer
        choice = sources.choose(use.source, answer, use.condition)
        drafting.choices[manifest.id, use.id] = choice
        for doubt in versions.doubts(choice, use.condition):
            drafting.warnings.append(Problem(manifest.id, manifest.path, use.line, doubt))
        hold = holding.active(manifest, drafting.now)
        kept = holding.spelled(hold, choice) if hold is not None else ""
        version = choice.picked or kept
        if not version:
            raise NothingChosen(choice.reason)
        held = (kept, _value(use, kept, drafting.values)) if kept else None
        return _Picked(use, choice, version, _value(use, version, drafting.values), held)
    except ProfileError as error:
        raise at_line(error, use.line) from error


def _value(use: SourceUse, version: str, values: Values) -> str:
    chosen = values.get((use.source, version), version)
    if not chosen:
        raise NothingChosen(
            f"The condition chooses {neutral.line(version, 120)}, which has nothing of what `key` asks for.",
            probably="A draft has no commit, and a release needs no title.",
            now="Narrow `versionfilter` or `typefilter`, or take another `key`.",
        )
    value = transformers.apply(use.transformers, chosen)
    if value:
        return value
    raise BadCondition(
        f"The transformers leave nothing of `{neutral.line(version, 120)}`, and nothing is never written.",
        probably="Perhaps the expression of a `find` or `findsubmatch` does not match.",
        now="Compare the expression with the version.",
    )


def _refuse_another_kind(target: TargetUse, found: Sequence[Found], new: str) -> None:
    for each in found:
        if not fits(each.value, new):
            raise Unreadable(
                f"`{target.key}` in `{target.file}` holds `{each.value}`; `{new}` is something of another kind.",
                line=target.line,
                probably="Perhaps the keys of two manifests were swapped, or a transformer is missing.",
                now="Compare the key and the transformers with the value that stands there.",
            )


def _change(manifest: Manifest, target: TargetUse, use: SourceUse, values: tuple[str, str, str], within: str) -> Change:
    old, new, version = values
    return Change(
        manifest=manifest.id,
        name=manifest.name,
        path=manifest.path,
        line=target.line,
        source=use.source.id,
        product=use.source.product,
        file=path_of(target.file, within),
        key=target.key,
        old=old,
        new=new,
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
