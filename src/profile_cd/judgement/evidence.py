"""Collects the evidence: a walk that says what it must know next, and ends with what is known of each change.

Everything that may be asked at once is: the blames, then the texts behind them, then, where a manifest changed, its
revisions, and where it had another name, the directories. Only a line that was reformatted again and again takes
longer.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import reduce
from itertools import takewhile

from profile_cd.judgement import owners, turns, walk
from profile_cd.judgement.owners import Search
from profile_cd.judgement.past import Answers, At, Questions, Writer
from profile_cd.judgement.verdicts import Evidence
from profile_cd.judgement.walk import Step
from profile_cd.model import Change

Walk = Generator[Questions, Answers, dict[Change, Evidence]]


def collect(changes: Sequence[Change], search: Search) -> Walk:
    """Ask, step back, ask again; returns the evidence of history for each of *changes*."""
    steps = [walk.start(change, search.snapshot) for change in changes]
    known = Answers()
    while not known.trouble:
        steps = [walk.advance(step, known, search.by_person) for step in steps]
        every = reduce(Questions.__or__, (_wanted(step, search, known) for step in steps), Questions())
        questions = known.without(every)
        if not questions:
            break
        known |= yield questions
    return {step.change: _evidence(step, search, known) for step in steps}


def _wanted(step: Step, search: Search, known: Answers) -> Questions:
    """What *step* needs next, and what it will need behind that where it may as well be asked now.

    A robot writes values and nothing else; only behind a person's commit the line has to be blamed again.
    """
    writer = step.writes[0].writer if step.writes else step.writer
    if writer is None or step.trouble:
        return walk.wanted(step)
    here = step.writer
    blamed = {(here.parent, step.file)} if here and here.parent and search.by_person(here) and not step.done else ()
    commits = _commits(writer, search)
    return (
        walk.wanted(step)
        | Questions(
            blames=frozenset(blamed),
            texts=frozenset(at for commit in commits for at in search.manifests(step.change, commit)),
            directories=frozenset(_directories(step, commits, search, known)),
        )
        | turns.wanted(step, writer, search, known)
    )


def _commits(writer: Writer, search: Search) -> list[str]:
    """The commits whose manifests matter. Before a robot's they do not: it never writes value and manifest together."""
    return [writer.commit, writer.parent] if search.by_person(writer) and writer.parent else [writer.commit]


def _directories(step: Step, commits: Sequence[str], search: Search, known: Answers) -> list[At]:
    """The directories in which a manifest may be found that had another name then; at a second step at once."""
    at_once = step.number > 0
    lost = [each for each in commits if at_once or (step.writes and owners.is_lost(step.change, each, search, known))]
    return [(commit, directory) for commit in lost for directory in search.directories]


def _evidence(step: Step, search: Search, known: Answers) -> Evidence:
    if known.trouble or not step.writes:
        return Evidence(unknown=known.trouble or step.trouble)
    writer = step.writes[0].writer
    persons = takewhile(lambda write: search.by_person(write.writer), step.writes)
    return Evidence(
        writer,
        by_person=search.by_person(writer),
        replaced=tuple(write.was for write in persons if write.was is not None),
        turn=turns.turn(step.change, writer, search, known),
    )
