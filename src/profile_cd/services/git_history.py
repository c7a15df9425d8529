"""The history of a clone on this machine, asked of its own `git`: the same answers as GitHub gives."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from profile_cd.judgement import Answers, At, Questions, Range, Revision, Writer
from profile_cd.manifest import EXTENSIONS

SECONDS = 30
"""How long one command of git may take."""

MOST_REVISIONS = 10
_FORMAT = ("--no-patch", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%H%x00%P%x00%an%x00%cn%x00%cd%x00%B%x00")
_FIELDS = 6
_HEADER = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+)(?: \d+)?")
_NOTHING_YET = re.compile(r"0{40}|0{64}")
"""What blame calls the commit of a line that is not committed yet."""

_BLOB = re.compile(rb"[0-9a-f]+ blob (\d+)")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "TZ": "UTC"}
_SETTINGS = ("core.quotepath=off", "core.fsmonitor=false", "log.showSignature=false")
ALL_LINES = 10**9
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
                self._texts(sorted(questions.texts)),
                {at: self._directory(*at) for at in sorted(questions.directories)},
                {at: self._revisions(*at) for at in sorted(questions.revisions)},
            )
        except Blind as error:
            return Answers(trouble=f"Git gave no answer: {error}")

    def _blame(self, commit: str, path: str) -> tuple[Range, ...]:
        at = (commit or self.head, path)
        if self._texts([at])[at] is None:
            if not commit:
                return ((1, ALL_LINES, self._nothing_yet()),)
            # Git follows a renamed file, so the way back leads to commits that do not have it under this name.
            self._git("cat-file", "-e", commit)
            return ()
        lines = self._git("blame", "--porcelain", *([commit] if commit else []), "--", path).split("\n")
        headers = [match for match in map(_HEADER.fullmatch, lines) if match]
        writers = self._writers(dict.fromkeys(match[1] for match in headers))
        return tuple((int(match[2]), int(match[2]), writers[match[1]]) for match in headers)

    def _writers(self, names: Mapping[str, object]) -> dict[str, Writer]:
        committed = [name for name in names if not _NOTHING_YET.fullmatch(name)]
        shown = self._git("show", *_FORMAT, *committed, "--") if committed else ""
        writers = {writer.commit: writer for writer in _read(shown)}
        return {name: writers.get(name) or self._nothing_yet() for name in names}

    def _nothing_yet(self) -> Writer:
        return Writer("", self.head, "", (YOU,))

    def _texts(self, wanted: Sequence[At]) -> dict[At, str | None]:
        """The texts of files, all by one command; None where there is none."""
        committed = [at for at in wanted if at[0] and "\n" not in at[1]]
        asked = "".join(f"{commit}:./{path}\n" for commit, path in committed).encode()
        found = _blobs(self._run("cat-file", "--batch", asked=asked).stdout, len(committed)) if committed else []
        return {at: None if at[0] else self._today(at[1]) for at in wanted} | dict(zip(committed, found, strict=True))

    def _today(self, path: str) -> str | None:
        place = self.root / path
        return place.read_bytes().decode("utf-8", "replace") if place.is_file() else None

    def _directory(self, commit: str, path: str) -> dict[str, str]:
        if commit:
            names = self._git("ls-tree", "-z", "--name-only", commit, "--", f"{path}/").split("\0")
        else:
            names = [f"{path}/{each.name}" for each in sorted((self.root / path).glob("*")) if each.is_file()]
        texts = self._texts([(commit, name) for name in names if name.endswith(EXTENSIONS)])
        return {name: text for (_, name), text in texts.items() if text is not None}

    def _revisions(self, commit: str, path: str) -> tuple[Revision, ...]:
        """The last commits that touched a file; what is not committed yet stands in front of them."""
        start = commit or self.head
        writers = _read(self._git("log", f"--max-count={MOST_REVISIONS}", *_FORMAT, start, "--", path))
        texts = self._texts([("", path), (start, path), *((writer.commit, path) for writer in writers)])
        found = tuple((writer, texts[writer.commit, path]) for writer in writers)
        changed = not commit and texts["", path] != texts[start, path]
        return ((self._nothing_yet(), texts["", path]), *found) if changed else found

    def _git(self, *words: str) -> str:
        done = self._run(*words)
        if done.returncode:
            raise Blind(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
        return done.stdout.decode("utf-8", "replace")

    def _run(self, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return run(self.root, *words, asked=asked)


def _blobs(said: bytes, number: int) -> list[str | None]:
    """The texts in an answer of `git cat-file --batch`, of which each is a head line and, of a blob, its bytes."""
    found: list[str | None] = []
    while len(found) < number:
        head, _, said = said.partition(b"\n")
        match = _BLOB.fullmatch(head)
        if match is None:
            found.append(None)
            said = _behind(head, said)
            continue
        size = int(match[1])
        found.append(said[:size].decode("utf-8", "replace"))
        said = said[size + 1 :]
    return found


def _behind(head: bytes, said: bytes) -> bytes:
    """What follows an object that is no blob, such as a directory; nothing follows one that is missing."""
    words = head.rsplit(b" ", 2)
    return said[int(words[2]) + 1 :] if len(words) == len(("name", "kind", "size")) and words[2].isdigit() else said


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


def run(root: Path, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One command of git that only reads: it asks nobody for anything, and fetches nothing. Raises Blind."""
    settings = [word for each in _SETTINGS for word in ("-c", each)]
    try:
        return subprocess.run(
            ["git", *settings, "-C", str(root), *words],
            env={**os.environ, **_QUIET},
            input=asked,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Blind(f"`git {words[0]}` took longer than {SECONDS} seconds") from error


def _read(shown: str) -> list[Writer]:
    """Commits in the form of _FORMAT."""
    parts = shown.split("\0")
    groups = [parts[start : start + _FIELDS] for start in range(0, len(parts) - _FIELDS, _FIELDS)]
    return [
        Writer(commit.strip(), parents.partition(" ")[0], message.strip("\n"), (author, committer), at)
        for commit, parents, author, committer, at, message in groups
    ]
