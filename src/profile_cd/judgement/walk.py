"""The way back through the history of a line, to the commit that wrote its value.

Blame names the last commit that touched a line. One that only moved or reformatted it did not write the value:
there the way goes on in its parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from profile_cd.errors import ProfileError
from profile_cd.judgement.past import Answers, Questions, Range, Writer
from profile_cd.model import Change, Snapshot
from profile_cd.targets import yaml

MOST_STEPS = 6
"""How many commits that only moved or reformatted a line are looked behind."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the way of one value has come to: a line at a commit, and who touched it, where that is known.

    *found* says that this is who wrote the value; *was* is the value before, None where there was none.
    *trouble* says why the way ends without a writer.
    """

    change: Change
    commit: str
    line: int
    writer: Writer | None = None
    number: int = 0
    found: bool = False
    was: str | None = None
    trouble: str = ""

    @property
    def file(self) -> str:
        """The path of the file that holds the value."""
        return self.change.file


def start(change: Change, snapshot: Snapshot) -> Step:
    """The first step: the line of the value that stands where *change* wants to write."""
    text = snapshot.files[change.file].data.decode("utf-8")
    return Step(change, snapshot.commit, yaml.read(text, change.key, document=change.document)[0].line)


def advance(step: Step, known: Answers) -> Step:
    """*step* as far back as what is *known* leads."""
    while not (step.found or step.trouble):
        further = _step(step, known)
        if further is step:
            break
        step = further
    return step


def wanted(step: Step) -> Questions:
    """What has to be known before *step* can go on."""
    if step.found or step.trouble:
        return Questions()
    if step.writer is None:
        return Questions(blames=frozenset({(step.commit, step.file)}))
    return Questions(texts=frozenset({(step.writer.parent, step.file)}))


def _step(step: Step, known: Answers) -> Step:
    if step.writer is None:
        ranges = known.blames.get((step.commit, step.file))
        return step if ranges is None else _attributed(step, ranges)
    parent = (step.writer.parent, step.file)
    if step.writer.parent and parent not in known.texts:
        return step
    return _back(step, step.writer, known.texts.get(parent))


def _attributed(step: Step, ranges: Sequence[Range]) -> Step:
    writer = next((writer for first, last, writer in ranges if first <= step.line <= last), None)
    return replace(step, writer=writer, trouble="" if writer else "No commit is known for its line.")


def _back(step: Step, writer: Writer, text: str | None) -> Step:
    """Stop where the value was written; go on where the commit only touched its line."""
    try:
        found = yaml.read(text or "", step.change.key, document=step.change.document)
    except ProfileError:
        return replace(step, found=True)
    was = yaml.joined(found)
    if was != step.change.old:
        return replace(step, found=True, was=was)
    if step.number + 1 == MOST_STEPS:
        return replace(step, trouble="Its line was moved too often.")
    return replace(step, commit=writer.parent, line=found[0].line, writer=None, number=step.number + 1)
