"""The way back through the history of a line, to the commits that wrote its value.

Blame names the last commit that touched a line. One that only moved or reformatted it did not write the value:
there the way goes on in its parent. Behind a person's write it goes on, too: what did the person take away?
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from profile_cd.errors import ProfileError
from profile_cd.judgement.past import Answers, Questions, Range, Writer
from profile_cd.model import Change, Snapshot
from profile_cd.targets import yaml

MOST_STEPS = 6
"""How many commits that only moved or reformatted a line are looked behind."""

MOST_WRITES = 2
"""How many writes of persons, one upon the other, are looked at: more would cost GitHub another question each."""

GoesOn = Callable[[Writer], bool]


@dataclass(frozen=True, slots=True)
class Write:
    """A commit that wrote a value, and the value before it; None where there was none."""

    writer: Writer
    was: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """Where the way of one *value* has come to: its lines at a commit, and who touched them last, where that is known.

    *writes* are those that were found, newest first; *done* says that no further one is looked for, *trouble* why
    the way ended before the first. *number* counts the commits that only touched a line.
    """

    change: Change
    value: str
    commit: str
    lines: tuple[int, ...]
    writer: Writer | None = None
    number: int = 0
    writes: tuple[Write, ...] = ()
    done: bool = False
    trouble: str = ""

    @property
    def file(self) -> str:
        """The path of the file that holds the value."""
        return self.change.file


def start(change: Change, snapshot: Snapshot) -> Step:
    """The first step: the lines of the value that stands where *change* wants to write."""
    found = yaml.read(snapshot.files[change.file].data.decode("utf-8"), change.key, document=change.document)
    return Step(change, change.old, snapshot.commit, tuple(each.line for each in found))


def advance(step: Step, known: Answers, goes_on: GoesOn) -> Step:
    """*step* as far back as what is *known* leads; behind a write only where *goes_on* says so of its writer."""
    while not step.done:
        further = _step(step, known, goes_on)
        if further is step:
            break
        step = further
    return step


def wanted(step: Step) -> Questions:
    """What has to be known before *step* can go on."""
    if step.done:
        return Questions()
    if step.writer is None:
        return Questions(blames=frozenset({(step.commit, step.file)}))
    return Questions(texts=frozenset({(step.writer.parent, step.file)}))


def _step(step: Step, known: Answers, goes_on: GoesOn) -> Step:
    if step.writer is None:
        ranges = known.blames.get((step.commit, step.file))
        return step if ranges is None else _attributed(step, ranges)
    parent = (step.writer.parent, step.file)
    if step.writer.parent and parent not in known.texts:
        return step
    return _back(step, step.writer, known.texts.get(parent), goes_on)


def _attributed(step: Step, ranges: Sequence[Range]) -> Step:
    """The newest of those who wrote its lines: one key may lead to several values, of which one changed last."""
    writers = [writer for first, last, writer in ranges for line in step.lines if first <= line <= last]
    # What is not committed yet has no name, and is younger than everything that has one.
    newest = max(writers, key=lambda writer: (not writer.commit, writer.at), default=None)
    return replace(step, writer=newest) if newest else _end(step, "No commit is known for its line.")


def _back(step: Step, writer: Writer, text: str | None, goes_on: GoesOn) -> Step:
    """Stop where the value was written; go on where the commit only touched its line, or a person wrote it."""
    try:
        found = yaml.read(text or "", step.change.key, document=step.change.document)
    except ProfileError:
        # There the value or its file was not there, or could not be read: whoever made that commit wrote the value.
        return replace(step, writes=(*step.writes, Write(writer, None)), done=True)
    was, lines = yaml.joined(found), tuple(each.line for each in found)
    before = replace(step, value=was, commit=writer.parent, lines=lines, writer=None)
    # Blame names who touched the line last. updatecli encodes a whole file anew, and people move and indent lines:
    # neither wrote the value, so the walk goes on in the commit before.
    if was == step.value:
        moved = step.number + 1 == MOST_STEPS
        return _end(step, "Its line was moved too often.") if moved else replace(before, number=step.number + 1)
    # Behind a person's write the next one matters, too: of two steps down in a row, what the first took away stays
    # away.
    writes = (*step.writes, Write(writer, was))
    return replace(before, writes=writes, done=len(writes) == MOST_WRITES or not goes_on(writer))


def _end(step: Step, trouble: str) -> Step:
    """What is known of earlier writes is known, wherever the way ends."""
    return replace(step, done=True, trouble="" if step.writes else trouble)
