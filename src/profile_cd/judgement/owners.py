"""Which manifest owned a value at an earlier commit, whatever its file was called then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from profile_cd.judgement import meanings
from profile_cd.judgement.authors import is_machine
from profile_cd.judgement.meanings import joined
from profile_cd.judgement.past import Answers, At, Writer
from profile_cd.manifest import Meaning, is_partial, partials_of
from profile_cd.model import Change, Snapshot

Then = tuple[str, str]
"""The text of a manifest at an earlier commit, and that of its partials."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where evidence is looked for: *directories* are those that hold manifests or held them once.

    *within* is the directory that manifests name files from, *machines* are names of earlier robots. *chose* says
    what a manifest of then, behind its partials, would choose.
    """

    snapshot: Snapshot
    within: str = ""
    directories: Sequence[str] = ()
    machines: Sequence[str] = ()
    chose: Callable[[Change, str, str], str] = lambda _change, _text, _partials: ""

    def by_machine(self, writer: Writer) -> bool:
        """Whether a robot wrote it."""
        return is_machine(writer.message, writer.names, self.machines)

    def now(self, change: Change) -> Meaning | None:
        """What the manifest of *change* means today."""
        return meanings.now(change, self.within, self.snapshot)

    def then(self, change: Change, owner: Then | None) -> Meaning | None:
        """What *owner* meant for the value of *change*; None where nothing."""
        return meanings.of(change, self.within, *owner) if owner else None

    def manifests(self, change: Change, commit: str) -> list[At]:
        """Where the manifest of *change* and its partials lie at *commit* if they were not moved since."""
        path = change.path
        return [(commit, each) for each in (path, *partials_of(path, self.snapshot.files))]


def owner(change: Change, commit: str, search: Search, known: Answers) -> Then | None:
    """The manifest that owned the value of *change* at *commit*; one that did not where there is no better one."""
    here = _here(change, commit, search, known)
    if search.then(change, here) is not None:
        return here
    listed = [known.directories.get((commit, directory), {}) for directory in search.directories]
    elsewhere = [(texts[path], joined(texts, path)) for texts in listed for path in texts if not is_partial(path)]
    return next((each for each in elsewhere if search.then(change, each) is not None), here)


def is_lost(change: Change, commit: str, search: Search, known: Answers) -> bool:
    """Whether it is known by now that the manifest's present path did not own the value at *commit*."""
    asked = (commit, change.path) in known.texts
    return asked and search.then(change, _here(change, commit, search, known)) is None


def _here(change: Change, commit: str, search: Search, known: Answers) -> Then | None:
    texts = {at[1]: known.texts.get(at) for at in search.manifests(change, commit)}
    text = texts[change.path]
    return None if text is None else (text, joined(texts, change.path))
