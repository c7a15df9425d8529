"""From a draft to a plan: the judgement says what it must know, Git's history and our pull requests answer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from profile_cd import judgement, manifest
from profile_cd.judgement import Answers, Evidence, Past, Questions, Search
from profile_cd.model import Change, Plan, Snapshot
from profile_cd.proposal import marks as body_marks
from profile_cd.services.repository import Branch, History
from profile_cd.steps import draft as drafting
from profile_cd.steps.draft import Asking, Planned
from profile_cd.steps.world import World

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Races:
    """What this run did while others pushed.

    *closed* numbers pull requests whose closing is no person's no; *to_decide_again* are the values (file, key) that
    it merged upon a base that had just moved: history would call them ours, yet nobody decided them on that base.
    """

    closed: Collection[int] = ()
    to_decide_again: Collection[tuple[str, str]] = ()


def judge(
    world: World,
    history: History,
    asking: Asking,
    planned: Planned,
    branches: Sequence[Branch],
    races: Races,
) -> Plan:
    """The plan of one run."""
    changes = (*planned.draft.changes, *_carried_over(world, history, planned, branches))
    draft = replace(planned.draft, changes=changes)
    every = world.inputs.review == "changed-manifests"
    settled = [change for change in changes if (change.file, change.key) not in races.to_decide_again]
    doubtful = [change for change in settled if every or judgement.goes_down(change)]
    search = Search(
        planned.snapshot,
        world.inputs.directory,
        _directories(world),
        world.inputs.machine_authors,
        partial(judgement.chosen, answers=asking.answers),
    )
    evidence = dict.fromkeys(changes, Evidence(raced=True)) | answered(
        judgement.evidence.collect(doubtful, search), history
    )
    evidence |= _closed(evidence, planned.snapshot, world.inputs.directory, branches, races.closed)
    return judgement.judge(draft, evidence, world.inputs.review, world.clock.now())


def answered(walk: Generator[Questions, Answers, Result], past: Past) -> Result:
    """What *walk* comes to, with each of its questions asked of *past*."""
    try:
        questions = next(walk)
        while True:
            questions = walk.send(past.answer(questions))
    except StopIteration as end:
        result: Result = end.value
        return result


def marks(world: World, changes: Sequence[Change], snapshot: Snapshot) -> str:
    """An invisible line for a pull request's body, by which a later run knows what it proposed."""
    within = world.inputs.directory
    return body_marks.proposes(_mark(change, snapshot, within) for change in changes)


def _mark(change: Change, snapshot: Snapshot, within: str) -> str:
    meaning = judgement.meanings.now(change, within, snapshot)
    proposed = repr((change.file, change.key, change.new, meaning))
    return hashlib.sha256(proposed.encode("utf-8", "replace")).hexdigest()[:16]


def _closed(
    evidence: Mapping[Change, Evidence],
    snapshot: Snapshot,
    within: str,
    branches: Sequence[Branch],
    ignored: Collection[int],
) -> dict[Change, Evidence]:
    """*evidence* with the number of the pull request of just that change that a person closed."""
    refused: dict[str, int] = {}
    for each in (each for branch in branches for each in branch.pull_requests):
        if each.state == "CLOSED" and not body_marks.is_closed_by_us(each.body) and each.number not in ignored:
            refused |= dict.fromkeys(body_marks.proposed(each.body), each.number)
    if not refused:
        return {}
    numbers = {change: refused.get(_mark(change, snapshot, within), 0) for change in evidence}
    return {change: replace(evidence[change], closed=number) for change, number in numbers.items()}


def _directories(world: World) -> list[str]:
    """Where manifests lie or once lay: they may have been moved since."""
    names = (*manifest.DEFAULT_DIRECTORIES, *filter(None, [world.inputs.manifest_dir]))
    found = [each for name in names for each in drafting.directories(name, world.inputs.directory)]
    return list(dict.fromkeys(found))


def _carried_over(world: World, history: History, planned: Planned, branches: Sequence[Branch]) -> list[Change]:
    proposals = [(each.parent, each.head) for each in branches if each.open is not None and not each.open.foreign]
    walk = judgement.carried.collect(
        planned.loaded.manifests, planned.draft.failures, proposals, planned.snapshot, world.inputs.directory
    )
    return answered(walk, history)
