"""Collects the evidence: a walk that says what it must know next, and ends with what is known of each change.

Everything that may be asked at once is: the blames, then the texts behind them, then, where a manifest had another
name, the directories. Only a line that was reformatted again and again takes longer.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import reduce

from profile_cd.judgement import owners, walk
from profile_cd.judgement.owners import Search
from profile_cd.judgement.past import Answers, At, Questions, Writer
from profile_cd.judgement.verdicts import Evidence
from profile_cd.judgement.walk import Step
from profile_cd.model import Change

Walk = Generator[Questions, Answers, dict[Change, Evidence]]


def collect(changes: Sequence[Change], search: Search) -> Walk:
    """Ask, step back, ask again; returns the evidence for each of *changes*."""
    steps = [walk.start(change, search.snapshot) for change in changes]
    known = Answers()
    while not known.trouble:
        steps = [walk.advance(step, known) for step in steps]
        every = reduce(Questions.__or__, (_wanted(step, search, known) for step in steps), Questions())
        questions = known.without(every)
        if not questions:
            break
        known |= yield questions
    return {step.change: _evidence(step, search, known) for step in steps}


def _wanted(step: Step, search: Search, known: Answers) -> Questions:
    """What *step* needs next, and what it will need behind that where it may as well be asked now.

    A robot writes values and nothing else; only behind a person's commit the line may have to be blamed again.
    """
    writer = step.writer
    if writer is None or step.trouble:
        return walk.wanted(step)
    commits = _commits(writer, search)
    reformatted = not step.found and writer.parent and not search.by_machine(writer)
    return walk.wanted(step) | Questions(
        blames=frozenset({(writer.parent, step.file)} if reformatted else ()),
        texts=frozenset(at for commit in commits for at in search.manifests(step.change, commit)),
        directories=frozenset(_directories(step, commits, search, known)),
        touched=frozenset({(search.snapshot.commit, step.change.path)}),
    )


def _commits(writer: Writer, search: Search) -> list[str]:
    """The commits whose manifests matter. Before a robot's they do not: it never writes value and manifest together."""
    return [writer.commit] if search.by_machine(writer) or not writer.parent else [writer.commit, writer.parent]


def _directories(step: Step, commits: Sequence[str], search: Search, known: Answers) -> list[At]:
    """The directories in which a manifest may be found that had another name then; at a second step at once."""
    lost = [each for each in commits if step.number or (step.found and _is_lost(each, step, search, known))]
    return [(commit, directory) for commit in lost for directory in search.directories]


def _is_lost(commit: str, step: Step, search: Search, known: Answers) -> bool:
    return owners.is_lost(step.change, commit, search, known)


def _evidence(step: Step, search: Search, known: Answers) -> Evidence:
    """Whether the manifest decides otherwise since its value was written.

    A person's commit that wrote value and manifest together counts as changed since (design decision 3).
    """
    change, writer = step.change, step.writer
    if writer is None or not step.found or known.trouble:
        return Evidence(unknown=known.trouble or step.trouble)
    now = search.now(change)
    then = owners.owner(change, writer.commit, search, known)
    changed = None
    if search.then(change, then) != now:
        changed = known.touched.get((search.snapshot.commit, change.path)) or writer.commit
    elif not search.by_machine(writer):
        before = owners.owner(change, writer.parent, search, known)
        changed = writer.commit if search.then(change, before) != now else None
    if changed is None:
        return Evidence(writer.commit[:7])
    chose = search.chose(change, *then) if then else ""
    return Evidence(writer.commit[:7], changed=changed[:7], chose=chose)
