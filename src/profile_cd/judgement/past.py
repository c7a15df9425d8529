"""What a judge asks of Git's history, and what it is answered: whoever knows a history speaks in these nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

At = tuple[str, str]
"""A commit and a path from the repository's root."""


@dataclass(frozen=True, slots=True)
class Writer:
    """The commit that wrote a line. *names* are those of its author and committer; *parent* is its first one.

    *at* is when it was committed (RFC 3339). What is not committed yet has no name, and the head as its parent.
    """

    commit: str
    parent: str
    message: str
    names: tuple[str, ...]
    at: str = ""

    @property
    def by(self) -> str:
        """Its author's name."""
        return self.names[0] if self.names else "somebody"

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.message.partition("\n")[0].strip()


Revision = tuple[Writer, "str | None"]
"""A commit that touched a file, and the file's text at it."""


Range = tuple[int, int, Writer]
"""First and last line, counted from 1, that one commit wrote."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is needed next, so that it is asked at once.

    *blames* and *texts* are of files, *directories* wants every text of a directory, *revisions* the last commits
    that touched a file.
    """

    blames: frozenset[At] = frozenset()
    texts: frozenset[At] = frozenset()
    directories: frozenset[At] = frozenset()
    revisions: frozenset[At] = frozenset()

    def __or__(self, other: Questions) -> Questions:
        """Both together."""
        return Questions(
            self.blames | other.blames,
            self.texts | other.texts,
            self.directories | other.directories,
            self.revisions | other.revisions,
        )

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return any((self.blames, self.texts, self.directories, self.revisions))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a history: a question without an entry was not asked.

    A text is None where there is no file; a directory is path → text; revisions are newest first. *trouble* says
    why there is no answer.
    """

    blames: Mapping[At, Sequence[Range]] = field(default_factory=dict)
    texts: Mapping[At, str | None] = field(default_factory=dict)
    directories: Mapping[At, Mapping[str, str]] = field(default_factory=dict)
    revisions: Mapping[At, Sequence[Revision]] = field(default_factory=dict)
    trouble: str = ""

    def __or__(self, other: Answers) -> Answers:
        """Both together."""
        return Answers(
            {**self.blames, **other.blames},
            {**self.texts, **other.texts},
            {**self.directories, **other.directories},
            {**self.revisions, **other.revisions},
            self.trouble or other.trouble,
        )

    def without(self, questions: Questions) -> Questions:
        """Those of *questions* that are not answered yet."""
        return Questions(
            questions.blames - self.blames.keys(),
            questions.texts - self.texts.keys(),
            questions.directories - self.directories.keys(),
            questions.revisions - self.revisions.keys(),
        )


class Past(Protocol):
    """A history that can be asked: GitHub's or the machine's own."""

    def answer(self, questions: Questions) -> Answers:
        """An answer to each of *questions*, or the trouble."""
        ...
