"""A history in a few lines: commits, newest last, each with its whole files; it answers as GitHub and Git do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from profile_cd.judgement import Answers, Questions, Search, Writer, evidence
from profile_cd.model import Change, File, Snapshot
from profile_cd.steps.judge import answered

PERSON, ROBOT = "Ada", "github-actions[bot]"
VALUES, MANIFEST = "values.yaml", ".updatecli/ledger.yaml"


def values(*tags, note=""):
    """A file with one image tag a line, the first of the ledger."""
    names = ("ledger", "quoting", "transfers")
    return "".join(f"{name}: {tag}{note}\n" for name, tag in zip(names, tags, strict=False))


def manifest(pattern="^1.0.0", name="Ledger", more=""):
    """The manifest of the first value."""
    return (
        f"name: {name}\nsources:\n  image:\n    kind: dockerimage\n    spec:\n      image: acme/ledger\n"
        f"      versionfilter: {{kind: semver, pattern: '{pattern}'}}\n"
        f"targets:\n  file:\n    kind: yaml\n    spec: {{file: {VALUES}, key: $.ledger}}\n{more}"
    )


def change(old="v1.0.0", new="v1.1.0", key="$.ledger"):
    """What the manifest of the first value wants to write."""
    return Change("ledger", "Ledger", MANIFEST, 9, "dockerimage:acme/ledger", "ledger", VALUES, key, old, new, new)


@dataclass
class Made:
    """Commits of one line of history, with every question that was asked of it, in order."""

    commits: list[tuple[Writer, dict[str, str]]] = field(default_factory=list)
    asked: list[Questions] = field(default_factory=list)

    def commit(self, files, by=PERSON, message="edit"):
        """A commit with *files* changed (None: deleted); returns its name."""
        name = f"{len(self.commits) + 1:040d}"
        parent = self.commits[-1][0].commit if self.commits else ""
        whole = {**(self.commits[-1][1] if self.commits else {}), **files}
        whole = {path: text for path, text in whole.items() if text is not None}
        at = f"2025-05-{len(self.commits) + 1:02d}T10:00:00Z"
        self.commits.append((Writer(name, parent, message, (by,), at), whole))
        return name

    def snapshot(self):
        writer, files = self.commits[-1]
        return Snapshot({path: File(text.encode()) for path, text in files.items()}, writer.commit)

    def answer(self, questions):
        self.asked.append(questions)
        return Answers(
            {at: self._blame(*at) for at in questions.blames},
            {at: self._files(at[0]).get(at[1]) for at in questions.texts},
            {(commit, under): self._below(commit, under) for commit, under in questions.directories},
            {at: self._revisions(*at) for at in questions.revisions},
        )

    def _files(self, commit):
        return next(files for writer, files in self.commits if writer.commit == commit)

    def _until(self, commit):
        number = next(number for number, (writer, _) in enumerate(self.commits) if writer.commit == commit)
        return self.commits[: number + 1]

    def _below(self, commit, under):
        return {path: text for path, text in self._files(commit).items() if path.startswith(f"{under}/")}

    def _revisions(self, commit, path):
        """The commits that touched a file, newest first."""
        until = self._until(commit)
        before = [{}, *(files for _, files in until)]
        touched = [
            (writer, files.get(path))
            for (writer, files), earlier in zip(until, before, strict=False)
            if files.get(path) != earlier.get(path)
        ]
        return touched[::-1]

    def _blame(self, commit, path):
        """By the number of the line: these files never gain or lose one."""
        until = self._until(commit)
        count = len(until[-1][1][path].splitlines())

        def line(number) -> Callable:
            return lambda files: dict(enumerate(files.get(path, "").splitlines())).get(number)

        return [(number + 1, number + 1, self._last(until, line(number))) for number in range(count)]

    @staticmethod
    def _last(until, look):
        """The commit since which *look* sees the same."""
        found = until[-1][0]
        for writer, files in reversed(until):
            if look(files) != look(until[-1][1]):
                break
            found = writer
        return found


DIRECTORIES = (".updatecli", "updatecli.d")


def found(history, *changes):
    """The evidence for *changes*, in their order."""
    search = Search(history.snapshot(), directories=DIRECTORIES, machines=(ROBOT,))
    wanted = changes or (change(),)
    return list(answered(evidence.collect(wanted, search), history).values())
