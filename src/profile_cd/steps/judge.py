"""From a draft to a plan: the evidence is asked of Git's history and of our own pull requests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from profile_cd import manifest, versions
from profile_cd.errors import ProfileError
from profile_cd.judgement import rules as policy
from profile_cd.manifest import files as manifest_files
from profile_cd.model import Change, Manifest, Plan, Snapshot, TargetUse
from profile_cd.plan import path_of
from profile_cd.proposal import MARK
from profile_cd.services.repository import Branch, History, Written, is_partial, partials_of
from profile_cd.steps import draft as planning
from profile_cd.steps.deliver import CLOSED_BY_US, World
from profile_cd.steps.draft import Asking, Planned
from profile_cd.targets import yaml

_MARKS = re.compile(rf"{MARK} ([0-9a-f ]+) -->")


@dataclass(frozen=True, slots=True)
class Races:
    """What this run did while others pushed.

    *ignored* numbers pull requests whose closing is no person's no; *hasty* are the values (file, key) that it
    merged upon a base that had just moved: history would call them ours, yet they were not decided on that base.
    """

    ignored: Collection[int] = ()
    hasty: Collection[tuple[str, str]] = ()


def judge(
    world: World,
    history: History,
    asking: Asking,
    planned: Planned,
    branches: Sequence[Branch],
    races: Races,
) -> Plan:
    """The plan of one run."""
    changes = [*planned.draft.changes, *_carried_over(world, history, planned, branches)]
    draft = replace(planned.draft, changes=tuple(changes))
    every = world.inputs.review == "changed-manifests"
    settled = [change for change in draft.changes if (change.file, change.key) not in races.hasty]
    doubtful = [change for change in settled if every or policy.goes_down(change)]
    written = history.written(doubtful, planned.snapshot)
    written = _found_elsewhere(world, history, written)
    evidence = {change: _evidence(world, asking, planned, change, written[change]) for change in doubtful}
    judged = policy.judge(draft, evidence, world.inputs.review)
    return policy.keep(judged, _noes(world, judged, planned.snapshot, branches, races.ignored))


def marks(world: World, changes: Sequence[Change], snapshot: Snapshot) -> str:
    """An invisible line for a pull request's body, by which a later run knows what it proposed."""
    return f"{MARK} {' '.join(_mark(world, change, snapshot) for change in changes)} -->"


def _mark(world: World, change: Change, snapshot: Snapshot) -> str:
    told = repr((change.file, change.key, change.new, _meaning_now(world, snapshot, change)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _noes(
    world: World, judged: Plan, snapshot: Snapshot, branches: Sequence[Branch], ignored: Collection[int]
) -> dict[Change, str]:
    """The changes that a person refused by closing their pull request, unchanged since (design decision 13)."""
    refused: dict[str, int] = {}
    for branch in branches:
        for each in branch.pull_requests:
            if each.state == "CLOSED" and CLOSED_BY_US not in each.body and each.number not in ignored:
                for found in _MARKS.findall(each.body):
                    refused |= dict.fromkeys(found.split(), each.number)
    said = "it is proposed again when its choice or its condition changes. To have it now, reopen and merge that one."
    numbers = {change: refused.get(_mark(world, change, snapshot)) for change in judged.changes if refused}
    return {change: f"A person closed #{number}: {said}" for change, number in numbers.items() if number}


def _meaning(world: World, change: Change, text: str | None, partials: str) -> object | None:
    if text is None:
        return None
    within = world.inputs.directory
    file = change.file.removeprefix(f"{within}/") if within else change.file
    return manifest.meaning(text, change.path, file, change.key, partials)


def _meaning_now(world: World, snapshot: Snapshot, change: Change) -> object | None:
    files = snapshot.files
    texts = [
        manifest_files.closed(files[path].data.decode("utf-8-sig", "replace"))
        for path in partials_of(change.path, files)
    ]
    return _meaning(world, change, files[change.path].data.decode("utf-8-sig", "replace"), "".join(texts))


def _found_elsewhere(world: World, history: History, written: Mapping[Change, Written]) -> dict[Change, Written]:
    """*written*, where a manifest that had another name then is found by the value that it owns."""
    lost = {}
    for change, each in written.items():
        if each.writer is not None:
            then = _meaning(world, change, each.then, each.partials_then)
            before = _meaning(world, change, each.before, each.partials_before)
            machine = policy.is_machine(each.writer.message, each.writer.names, world.inputs.machine_authors)
            lost[change] = [each.writer.commit] if then is None else []
            if before is None and each.writer.parent and not machine:
                lost[change].append(each.writer.parent)
    commits = sorted({commit for each in lost.values() for commit in each})
    names = (*planning.DEFAULT_DIRECTORIES, *filter(None, [world.inputs.manifest_dir]))
    places = [each for name in names for each in planning.directories(name, world.inputs.directory)]
    try:
        listed = history.manifests(commits, places)
    except ProfileError:
        return dict(written)
    return {
        change: _completed(world, change, each, {commit: listed.get(commit, {}) for commit in lost.get(change, ())})
        for change, each in written.items()
    }


def _completed(world: World, change: Change, each: Written, listed: Mapping[str, Mapping[str, str]]) -> Written:
    """*each* with the texts of the manifest that owned the value at the commits of *listed*."""
    for commit, texts in listed.items():
        for path in (path for path in texts if not is_partial(path)):
            partials = "".join(manifest_files.closed(texts[other]) for other in partials_of(path, texts))
            if _meaning(world, change, texts[path], partials) is None:
                continue
            if each.writer is not None and commit == each.writer.commit:
                each = replace(each, then=texts[path], partials_then=partials)
            else:
                each = replace(each, before=texts[path], partials_before=partials)
            break
    return each


def _evidence(world: World, asking: Asking, planned: Planned, change: Change, written: Written) -> policy.Evidence:
    if written.writer is None:
        return policy.Evidence(unknown=written.trouble)
    now = _meaning_now(world, planned.snapshot, change)
    found = policy.evidence(
        policy.Meanings(
            now,
            _meaning(world, change, written.then, written.partials_then),
            _meaning(world, change, written.before, written.partials_before),
        ),
        writer=written.writer.commit,
        message=written.writer.message,
        names=written.writer.names,
        manifest_commit=written.manifest_commit,
        machines=world.inputs.machine_authors,
    )
    return replace(found, chose=_chose(asking, change, written)) if found.changed else found


def _chose(asking: Asking, change: Change, written: Written) -> str:
    """What the condition of then would choose today; empty where that cannot be told."""
    if written.then is None:
        return ""
    try:
        manifests, _ = manifest.read(written.then, change.path, {"GITHUB_TOKEN": "-", "GITHUB_ACTOR": "-"})
    except ProfileError:
        return ""
    for use in (use for each in manifests for use in each.sources if use.source.id == change.source):
        answer = next((a for source, a in asking.answers.items() if source.id == change.source), ())
        if isinstance(answer, tuple):
            return versions.choose(answer, use.condition).picked or "nothing"
    return ""


def _carried_over(world: World, history: History, planned: Planned, branches: Sequence[Branch]) -> list[Change]:
    """What the open proposal says about manifests that failed this time, where its line has not moved."""
    failed = {problem.manifest for problem in planned.draft.failures}
    targets = [(each, target) for each in planned.loaded.manifests if each.id in failed for target in each.targets]
    within = world.inputs.directory
    carried = []
    for branch in branches:
        if branch.open is None or branch.open.foreign or not targets:
            continue
        paths = dict.fromkeys(path_of(target.file, within) for _, target in targets)
        texts = history.texts((commit, path) for commit in (branch.head, branch.parent) for path in paths)
        for each, target in targets:
            path = path_of(target.file, within)
            then = tuple(texts.get((commit, path)) for commit in (branch.parent, branch.head))
            change = _carried(each, target, path, then, planned.snapshot)
            carried += [change] if change is not None else []
    return carried


def _carried(
    each: Manifest, target: TargetUse, path: str, then: tuple[str | None, ...], snapshot: Snapshot
) -> Change | None:
    before, after = then
    if before is None or after is None or path not in snapshot.files:
        return None
    today = snapshot.files[path].data.decode("utf-8", "replace")
    try:
        values = [yaml.value(text, target.key, document=target.document) for text in (before, after, today)]
    except ProfileError:
        return None
    if values[0] == values[1] or values[0] != values[2]:
        return None
    use = next(use for use in each.sources if use.id == target.source_id)
    return Change(
        each.id, each.name, each.path, target.line, use.source.id, use.source.product,
        path, target.key, values[2], values[1], values[1], target.document,
    )  # fmt: skip
