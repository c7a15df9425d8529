"""Whether a manifest decides otherwise since a value was written, who turned it, and what it chose before."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.judgement import owners
from profile_cd.judgement.owners import Search, Then
from profile_cd.judgement.past import Answers, At, Questions, Revision, Writer
from profile_cd.judgement.verdicts import Turn
from profile_cd.judgement.walk import Step
from profile_cd.model import Change


def wanted(step: Step, writer: Writer, search: Search, known: Answers) -> Questions:
    """The last revisions of a manifest of which it is known by now that it changed since *writer*, or moved."""
    if not step.writes or not owners.is_asked(step.change, writer.commit, search, known):
        return Questions()
    then = owners.owner(step.change, writer.commit, search, known)
    if search.then(step.change, then) == search.now(step.change):
        return Questions()
    return Questions(revisions=frozenset({_newest(step.change, search)}))


def turn(change: Change, writer: Writer, search: Search, known: Answers) -> Turn | None:
    """How the manifest turned since *writer* wrote the value of *change*; None where it means the same.

    A person's commit that wrote value and manifest together counts as a turn (design decision 3).
    """
    now = search.now(change)
    then = owners.owner(change, writer.commit, search, known)
    if search.then(change, then) != now:
        turned = _turned(change, known.revisions.get(_newest(change, search), ()), search)
        return _made(change, turned or writer, then, search)
    if not search.by_person(writer):
        return None
    # A robot writes values alone. A person who writes both at once may have had any reason for the value, so what the
    # new manifest makes of it is looked at once.
    before = owners.owner(change, writer.parent, search, known) if writer.parent else None
    return None if search.then(change, before) == now else _made(change, writer, before, search)


def _made(change: Change, by: Writer, then: Then | None, search: Search) -> Turn:
    condition, chose = search.chose(change, *then) if then else ("", "")
    return Turn(by, condition, search.conditions.get(change, ""), chose)


def _turned(change: Change, revisions: Sequence[Revision], search: Search) -> Writer | None:
    """The commit since which the manifest means what it means now: later ones changed a comment or a name."""
    now, found = search.now(change), None
    for writer, text in revisions:
        if found is not None and search.then(change, (text, search.partials(change)) if text else None) != now:
            break
        found = writer
    return found


def _newest(change: Change, search: Search) -> At:
    return search.snapshot.commit, change.path
