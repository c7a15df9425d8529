"""From a draft to a plan: the judgement says what it must know, Git's history and our pull requests answer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from profile_cd import judgement, manifest, plan
from profile_cd.inputs import Update
from profile_cd.judgement import Answers, Evidence, Facts, Past, Questions, Search
from profile_cd.model import Change, Plan, Snapshot
from profile_cd.proposal import Found, PullRequest, marks
from profile_cd.steps import draft as drafting
from profile_cd.steps.draft import Asking, Planned
from profile_cd.steps.world import World

Result = TypeVar("Result")
EARLIER_ROBOTS = ("github-actions[bot]",)
"""Whose commits count as a robot's where nobody says otherwise: the default of the input `machine-authors`."""


@dataclass(frozen=True, slots=True)
class Races:
    """What this run did while others pushed.

    *closed* numbers pull requests whose closing is no person's no; *to_decide_again* are the values (file, key) that
    it merged upon a base that had just moved: history would call them ours, yet nobody decided them on that base.
    """

    closed: Collection[int] = ()
    to_decide_again: Collection[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged. *places* are directories of manifests, now or earlier, below the directory *within*."""

    asking: Asking
    planned: Planned
    within: str = ""
    places: Sequence[str] = manifest.DEFAULT_DIRECTORIES
    machines: Sequence[str] = EARLIER_ROBOTS

    def facts(self) -> dict[Change, Facts]:
        """What manifests and sources say of each change, beside history."""
        dates, given = self.asking.dates, self.asking.session.values
        return judgement.facts.gather(self.planned.draft, self.planned.loaded, dates, given, self.within)

    def search(self, facts: Mapping[Change, Facts]) -> Search:
        """Where the evidence of history is looked for."""
        return Search(
            self.planned.snapshot,
            self.within,
            self.places,
            self.machines,
            {change: judgement.described(each.use.condition) for change, each in facts.items()},
            partial(judgement.chosen, answers=self.asking.answers),
        )


def judge(world: World, asking: Asking, planned: Planned, found: Found, races: Races) -> Plan:
    """The plan of one run. *found* are our pull requests: what they propose, and which of them a person closed."""
    changes = (*planned.draft.changes, *_carried_over(world, planned, found))
    planned = replace(planned, draft=replace(planned.draft, changes=changes))
    case = Case(asking, planned, world.inputs.directory, _places(world), world.inputs.machine_authors)
    raced = {change for change in changes if (change.file, change.key) in races.to_decide_again}
    evidence = _evidence_of(case, world.history, raced)
    evidence |= _closed(evidence, planned.snapshot, world.inputs, found.pulls, races.closed)
    commits = world.inputs.github.commits
    judged = judgement.judge(planned.draft, evidence, world.inputs.review, world.clock.now(), commits)
    return plan.shown(judged, planned.loaded.hiding)


def judge_without_github(case: Case, past: Past | None, now: datetime) -> Plan:
    """The plan at a terminal: the same rules with the machine's own history, or blind where there is none."""
    judged = judgement.judge(case.planned.draft, _evidence_of(case, past), "changed-manifests", now)
    return plan.shown(judged, case.planned.loaded.hiding)


def _evidence_of(case: Case, past: Past | None, raced: Collection[Change] = ()) -> dict[Change, Evidence]:
    """What is known of each change of the draft; of those that were *raced*, and without a *past*, no history."""
    facts = case.facts()
    changes = case.planned.draft.changes
    found = {change: Evidence(raced=change in raced, blind=past is None) for change in changes}
    if past is not None:
        settled = [change for change in changes if change not in raced and not change.held]
        found |= answered(judgement.evidence.collect(settled, case.search(facts)), past)
    return found | {change: replace(found[change], facts=each) for change, each in facts.items()}


def answered(walk: Generator[Questions, Answers, Result], past: Past) -> Result:
    """What *walk* comes to, with each of its questions asked of *past*."""
    try:
        questions = next(walk)
        while True:
            questions = walk.send(past.answer(questions))
    except StopIteration as end:
        result: Result = end.value
        return result


def names(world: World, changes: Sequence[Change], snapshot: Snapshot) -> dict[Change, str]:
    """The names by which a later run knows what it proposed: a change has another one when its manifest has."""
    return {change: _name(change, snapshot, world.inputs.directory) for change in changes}


def _name(change: Change, snapshot: Snapshot, within: str) -> str:
    meaning = judgement.meanings.now(change, within, snapshot)
    proposed = repr((change.file, change.key, change.new, meaning))
    return hashlib.sha256(proposed.encode("utf-8", "replace")).hexdigest()[:16]


def _closed(
    evidence: Mapping[Change, Evidence],
    snapshot: Snapshot,
    inputs: Update,
    pulls: Sequence[PullRequest],
    raced: Collection[int],
) -> dict[Change, Evidence]:
    """*evidence* with the number of the pull request of just that change that a person closed."""
    refused: dict[str, int] = {}
    for each in pulls:
        if each.number not in raced and _closed_by_person(each, inputs.machine_authors):
            refused |= dict.fromkeys(marks.proposed(each.body), each.number)
    if not refused:
        return {}
    numbers = {change: refused.get(_name(change, snapshot, inputs.directory), 0) for change in evidence}
    return {change: replace(evidence[change], closed=number) for change, number in numbers.items()}


def _closed_by_person(pull_request: PullRequest, machines: Collection[str]) -> bool:
    """Whether its closing is a person's no: `actions/stale` and its like close what nobody looked at for a while."""
    if pull_request.state != "CLOSED" or marks.is_closed_by_us(pull_request.body) or pull_request.closed_by_app:
        return False
    return not {pull_request.closer, f"{pull_request.closer}[bot]"} & set(machines)


def _places(world: World) -> list[str]:
    """Where manifests lie or once lay: they may have been moved since."""
    names = (*manifest.DEFAULT_DIRECTORIES, *filter(None, [world.inputs.manifest_dir]))
    found = [each for name in names for each in drafting.directories(name, world.inputs.directory)]
    return list(dict.fromkeys(found))


def _carried_over(world: World, planned: Planned, found: Found) -> list[Change]:
    # The last parent is the base that the head is compared with, also where GitHub merged the base into our branch.
    proposals = [
        (found.refs[each.branch].parents[-1], each.head)
        for each in found.pulls
        if each.state == "OPEN" and not each.foreign and each.branch in found.refs
    ]
    walk = judgement.carried.collect(
        planned.loaded.manifests, planned.draft.failures, proposals, planned.snapshot, world.inputs.directory
    )
    return answered(walk, world.history)
