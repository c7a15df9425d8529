"""Plays the diary of the shop run by run: its commits lie in a real Git repository, which says whose a value is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from profile_cd import judgement, manifest, plan
from profile_cd.judgement import Evidence, Search, evidence
from profile_cd.model import Change, File, Plan, Snapshot
from profile_cd.services.git_history import GitHistory
from profile_cd.steps.judge import answered
from sandbox.github.git import Git
from sandbox.github.people import ACTIONS, Person
from sandbox.history import ENVIRONMENT, Moment, State


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did: the moment, how much it wrote, proposed and kept, and where that is not what the diary says."""

    at: str
    counts: Mapping[str, int]
    differences: tuple[str, ...] = ()


def runs(history: Iterable[Moment], folder: Path, every: int = 1) -> Iterator[Run]:
    """A run at the end of each moment of *history*, in a repository in *folder*; the next finds what should stand.

    With a larger *every*, some moments are skipped: their commits are made, and nothing is decided.
    """
    repository = Repository.of(folder)
    known: dict[str, list[str]] = {}
    for number, moment in enumerate(history, 1):
        for source, version in moment.released:
            known.setdefault(source, []).append(version)
        repository.take(moment)
        if number % every == 0:
            yield _compared(moment, _planned(moment, repository, known))
        repository.run(moment)


@dataclass(slots=True)
class Repository:
    """The commits of people and of the robot, upon one branch; what is proposed hangs beside it."""

    git: Git
    root: Path
    head: str = ""
    proposed: str = ""

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """An empty one in *folder*: with a working tree in name, since `git cat-file` knows no `./` without one."""
        git = Git(folder / ".git")
        git("config", "core.bare", "false")
        return cls(git, folder)

    def take(self, moment: Moment) -> None:
        """What people commit at *moment*."""
        for each in moment.commits:
            person = Person(each.who, f"{each.who.lower()}@acme.example")
            parents = [self.head, *([self.proposed] if each.merged else [])]
            self.head = self._commit(each.files, each.message, parents, person, moment.at)

    def run(self, moment: Moment) -> None:
        """What the robot merges at *moment*, and what it proposes upon that."""
        for name, values in (("update", moment.writes), ("review", moment.proposes)):
            base = moment.state if name == "update" else moment.after
            changed = _changed(base, values)
            if changed and name == "update":
                self.head = self._commit(changed, "Update the shop", [self.head], ACTIONS, moment.at)
            elif changed and any(each.verb == "proposes" for each in moment.said):
                self.proposed = self._commit(changed, "Review the shop", [self.head], ACTIONS, moment.at)

    def _commit(self, files: Mapping[str, str], message: str, parents: list[str], who: Person, at: str) -> str:
        parents = [each for each in parents if each]
        lines = [
            ("100644", self.git.write_blob(text.encode()), path) if text else ("0", "", path)
            for path, text in files.items()
        ]
        tree = self.git.write_tree(parents[0] if parents else "", lines)
        return self.git.write_commit(tree, parents, message, (who, at))


def _changed(state: State, values: Mapping[str, str]) -> dict[str, str]:
    """The files that have another text with *values*."""
    before, after = state.files(), state.with_values(values).files()
    return {path: text for path, text in after.items() if before[path] != text}


def _planned(moment: Moment, repository: Repository, known: Mapping[str, list[str]]) -> tuple[Snapshot, Plan]:
    files = {path: text.encode() for path, text in moment.state.files().items()}
    loaded = manifest.load(files, None, ENVIRONMENT)
    snapshot = Snapshot({path: File(data) for path, data in files.items()}, repository.head)
    answers = {use.source: tuple(known.get(use.source.id, ())) for each in loaded.manifests for use in each.sources}
    now = datetime.fromisoformat(moment.at)
    draft = plan.draft(loaded, answers, snapshot, now=now)
    facts = judgement.facts.gather(draft, loaded, {}, {}, "")
    search = Search(snapshot, directories=manifest.DEFAULT_DIRECTORIES, machines=(ACTIONS.name,))
    asked = [change for change in draft.changes if not change.held]
    past = GitHistory(repository.root, repository.head)
    found: dict[Change, Evidence] = {change: Evidence() for change in draft.changes}
    found |= answered(evidence.collect(asked, search), past) if asked else {}
    found = {change: replace(each, facts=facts[change]) for change, each in found.items()}
    return snapshot, judgement.judge(draft, found, "changed-manifests", now)


def _compared(moment: Moment, done: tuple[Snapshot, Plan]) -> Run:
    snapshot, planned = done
    lanes = {
        "write": (planned.lane("merge"), moment.writes),
        "propose": (planned.lane("review"), moment.proposes),
        "keep": (tuple(each.change for each in planned.kept), moment.keeps),
    }
    differences = [f"{each.path}:{each.line} {each.reason}" for each in planned.failures]
    for name, (changes, wanted) in lanes.items():
        texts = {path: data.decode() for path, data in plan.texts(changes, snapshot).items()}
        if texts != _changed(moment.state, wanted):
            ours = ", ".join(f"{each.manifest} {each.old} → {each.new}" for each in changes) or "nothing"
            theirs = ", ".join(f"{slot} → {value}" for slot, value in wanted.items()) or "nothing"
            differences.append(f"to {name}: {ours}; the diary says: {theirs}")
    return Run(moment.at, {name: len(changes) for name, (changes, _) in lanes.items()}, tuple(differences))
