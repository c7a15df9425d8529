"""The history of a clone on this machine, asked of its own `git`: the same answers as GitHub gives."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from profile_cd.judgement import Answers, Questions, Range, Revision, Writer
from profile_cd.manifest import EXTENSIONS

SECONDS = 30
"""How long one command of git may take."""

MOST_REVISIONS = 10
_FIELDS = "%H%x00%P%x00%an%x00%cn%x00%cI%x00%B%x00"
_HEADER = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+)(?: \d+)?")
_NOTHING_YET = re.compile(r"0{40}|0{64}")
"""What blame calls the commit of a line that is not committed yet."""

YOU = "you"


class Blind(Exception):
    """There is no history to ask; says why."""


@dataclass(frozen=True, slots=True)
class GitHistory:
    """The history of the working tree at *root*. A commit without a name is what is not committed yet.

    Use `open_history`, which makes sure that there is one.
    """

    root: Path
    head: str

    def answer(self, questions: Questions) -> Answers:
        """An answer to each of *questions*, or the trouble."""
        try:
            return Answers(
                {at: self._blame(*at) for at in sorted(questions.blames)},
                {at: self._text(*at) for at in sorted(questions.texts)},
                {at: self._directory(*at) for at in sorted(questions.directories)},
                {at: self._revisions(*at) for at in sorted(questions.revisions)},
            )
        except Blind as error:
            return Answers(trouble=f"Git gave no answer: {error}")

    def _blame(self, commit: str, path: str) -> tuple[Range, ...]:
        lines = self._git("blame", "--porcelain", *([commit] if commit else []), "--", path).split("\n")
        headers = [match for match in map(_HEADER.fullmatch, lines) if match]
        writers = self._writers(dict.fromkeys(match[1] for match in headers))
        return tuple((int(match[2]), int(match[2]), writers[match[1]]) for match in headers)

    def _writers(self, names: Mapping[str, object]) -> dict[str, Writer]:
        committed = [name for name in names if not _NOTHING_YET.fullmatch(name)]
        shown = self._git("show", "--no-patch", f"--format={_FIELDS}", *committed, "--") if committed else ""
        writers = {writer.commit: writer for writer in _read(shown)}
        return {name: writers.get(name) or self._nothing_yet() for name in names}

    def _nothing_yet(self) -> Writer:
        return Writer("", self.head, "", (YOU,))

    def _text(self, commit: str, path: str) -> str | None:
        if not commit:
            place = self.root / path
            return place.read_bytes().decode("utf-8", "replace") if place.is_file() else None
        done = self._run("show", f"{commit}:./{path}")
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

    def _directory(self, commit: str, path: str) -> dict[str, str]:
        if not commit:
            found = sorted(each for each in (self.root / path).glob("*") if each.is_file())
            names = [f"{path}/{each.name}" for each in found]
        else:
            names = self._git("ls-tree", "-z", "--name-only", commit, "--", f"{path}/").split("\0")
        texts = {name: self._text(commit, name) for name in names if name.endswith(EXTENSIONS)}
        return {name: text for name, text in texts.items() if text is not None}

    def _revisions(self, commit: str, path: str) -> tuple[Revision, ...]:
        """The last commits that touched a file; what is not committed yet stands in front of them."""
        start = commit or self.head
        shown = self._git("log", f"--max-count={MOST_REVISIONS}", f"--format={_FIELDS}", start, "--", path)
        found = [(writer, self._text(writer.commit, path)) for writer in _read(shown)]
        today = None if commit else self._text("", path)
        changed = not commit and today != self._text(self.head, path)
        return ((self._nothing_yet(), today), *found) if changed else tuple(found)

    def _git(self, *words: str) -> str:
        done = self._run(*words)
        if done.returncode:
            raise Blind(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
        return done.stdout.decode("utf-8", "replace")

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return run(self.root, *words)


def open_history(directory: str) -> GitHistory:
    """The history of the clone that *directory* lies in. Raises Blind where there is none, or only its end."""
    root = Path(directory)
    try:
        asked = run(root, "rev-parse", "--is-shallow-repository", "HEAD")
    except FileNotFoundError as error:
        raise Blind("there is no `git` on this machine") from error
    words = asked.stdout.decode("utf-8", "replace").split()
    if asked.returncode or len(words) != len(("shallow", "head")):
        raise Blind("this is no clone of a Git repository with a commit in it")
    if words[0] != "false":
        raise Blind("the clone is shallow; `git fetch --unshallow` brings its history")
    return GitHistory(root, words[1])


def run(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """One command of git that only reads: it asks nobody for anything, and fetches nothing. Raises Blind."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-C", str(root), *words]
    try:
        return subprocess.run(
            command, env={**os.environ, **quiet}, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Blind(f"`git {words[0]}` took longer than {SECONDS} seconds") from error


def _read(shown: str) -> list[Writer]:
    """Commits in the form of _FIELDS."""
    parts = shown.split("\0")
    groups: Sequence[Sequence[str]] = [parts[start : start + 6] for start in range(0, len(parts) - 6, 6)]
    return [
        Writer(commit.strip(), parents.partition(" ")[0], message.strip("\n"), (author, committer), at)
        for commit, parents, author, committer, at, message in groups
    ]
