"""Which manifest owned a value at an earlier commit, whatever its file was called then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.judgement import meanings
from profile_cd.judgement.authors import is_machine, reverts
from profile_cd.judgement.meanings import joined
from profile_cd.judgement.past import Answers, At, Writer
from profile_cd.manifest import Meaning, is_partial, partials_of
from profile_cd.model import Change, Snapshot

Then = tuple[str, str]
"""The text of a manifest at an earlier commit, and that of its partials."""


Chose = Callable[[Change, str, str], tuple[str, str]]
"""A change, the text of a manifest and that of its partials → its condition, and what it would choose today."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where evidence is looked for: *directories* are those that hold manifests or held them once.

    *within* is the directory that manifests name files from, *machines* are names of earlier robots. *conditions*
    are those of today in words; *chose* says what a manifest of then would choose.
    """

    snapshot: Snapshot
    within: str = ""
    directories: Sequence[str] = ()
    machines: Sequence[str] = ()
    conditions: Mapping[Change, str] = field(default_factory=dict)
    chose: Chose = lambda _change, _text, _partials: ("", "")

    def by_person(self, writer: Writer) -> bool:
        """Whether a person made a commit; taking another one back is always somebody's wish."""
        return reverts(writer.message) or not is_machine(writer.message, writer.names, self.machines)

    def now(self, change: Change) -> Meaning | None:
        """What the manifest of *change* means today."""
        return meanings.now(change, self.within, self.snapshot)

    def then(self, change: Change, owner: Then | None) -> Meaning | None:
        """What *owner* meant for the value of *change*; None where nothing."""
        return meanings.of(change, self.within, *owner) if owner else None

    def partials(self, change: Change) -> str:
        """Today's partials of the manifest of *change*."""
        paths = partials_of(change.path, self.snapshot.files)
        texts: dict[str, str | None] = {
            path: self.snapshot.files[path].data.decode("utf-8-sig", "replace") for path in paths
        }
        return joined(texts, change.path)

    def manifests(self, change: Change, commit: str) -> list[At]:
        """Where the manifest of *change* and its partials lie at *commit* if they were not moved since."""
        path = change.path
        return [(commit, each) for each in (path, *partials_of(path, self.snapshot.files))]


def owner(change: Change, commit: str, search: Search, known: Answers) -> Then | None:
    """The manifest that owned the value of *change* at *commit*; one that did not where there is no better one."""
    here = _here(change, commit, search, known)
    if search.then(change, here) is not None:
        return here
    # The real repository moved all of its manifests at once (`updatecli.d` to `.updatecli`), and others rename single
    # ones: looked for under today's name alone, each would seem to decide anew, and every value would wait for a
    # review.
    listed = [known.directories.get((commit, directory), {}) for directory in search.directories]
    elsewhere = [(texts[path], joined(texts, path)) for texts in listed for path in texts if not is_partial(path)]
    return next((each for each in elsewhere if search.then(change, each) is not None), here)


def is_asked(change: Change, commit: str, search: Search, known: Answers) -> bool:
    """Whether it is known by now what stood at the manifest's present path at *commit*."""
    return all(at in known.texts for at in search.manifests(change, commit))


def is_lost(change: Change, commit: str, search: Search, known: Answers) -> bool:
    """Whether it is known by now that the manifest's present path did not own the value at *commit*."""
    return is_asked(change, commit, search, known) and search.then(change, _here(change, commit, search, known)) is None


def _here(change: Change, commit: str, search: Search, known: Answers) -> Then | None:
    texts = {at[1]: known.texts.get(at) for at in search.manifests(change, commit)}
    text = texts[change.path]
    return None if text is None else (text, joined(texts, change.path))
