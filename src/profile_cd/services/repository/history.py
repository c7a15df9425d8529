"""Git's own history through the API: who wrote a value, and what its manifest said then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from profile_cd.errors import ProfileError
from profile_cd.manifest import EXTENSIONS, closed
from profile_cd.model import Change, Snapshot
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.blame import WHO, Writer, at_line, ranges
from profile_cd.targets import yaml

MOST_ROUNDS = 6
"""How many commits that only moved or reformatted a line are looked behind."""

AT_ONCE = 40
"""Fields of one GraphQL question; GitHub answers within ten seconds or not at all."""

TREES_AT_ONCE = 10
"""The same, where each field may hold all manifests of a repository."""


@dataclass(frozen=True, slots=True)
class Written:
    """What history says of one change.

    Each text is that of the manifest: when the value was written, and just before; None where it was not
    there. *manifest_commit* is the last commit that touched it. *trouble* says why nothing is known.
    """

    writer: Writer | None = None
    then: str | None = None
    before: str | None = None
    manifest_commit: str = ""
    partials_then: str = ""
    partials_before: str = ""
    trouble: str = ""


@dataclass(slots=True)
class _Search:
    """One value on its way back through the history."""

    change: Change
    commit: str
    line: int
    writer: Writer | None = None
    done: bool = False
    trouble: str = ""


@dataclass(slots=True)
class History:
    """The history of one repository; what was asked is not asked again."""

    api: GitHubApi
    _texts: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _touched: dict[str, str] = field(default_factory=dict)

    def written(self, changes: Sequence[Change], snapshot: Snapshot) -> dict[Change, Written]:
        """Who wrote the value that stands where each of *changes* wants to write, batched over all of them."""
        if not changes:
            return {}
        try:
            searches = [self._start(change, snapshot) for change in changes]
            for number in range(MOST_ROUNDS):
                waiting = [search for search in searches if not search.done]
                if not waiting:
                    break
                self._round(waiting, snapshot, first=number == 0)
            return self._results(searches, snapshot)
        except ProfileError as error:
            return {change: Written(trouble=f"History gave no answer: {error}") for change in changes}

    def texts(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
        """The texts of files at commits, by (commit, path); None where there is none."""
        wanted = list(places)
        self._learn(wanted)
        return {place: self._texts.get(place) for place in wanted}

    def manifests(self, commits: Iterable[str], directories: Sequence[str]) -> dict[str, dict[str, str]]:
        """Commit → path → text of all that lay in *directories* then: a manifest may have had another name."""
        places = [(commit, each) for commit in dict.fromkeys(commits) for each in dict.fromkeys(directories)]
        answers = self._ask(
            {
                f"d{number}": f'object(oid: "{commit}") {{ ... on Commit {{ file(path: {json.dumps(path)}) '
                "{ object { ... on Tree { entries { name object { ... on Blob { text } } } } } } } }"
                for number, (commit, path) in enumerate(places)
            },
            at_once=TREES_AT_ONCE,
        )
        found: dict[str, dict[str, str]] = {}
        for number, (commit, path) in enumerate(places):
            file = (answers.get(f"d{number}") or {}).get("file") or {}
            for entry in (file.get("object") or {}).get("entries") or []:
                text = (entry["object"] or {}).get("text")
                if isinstance(text, str) and entry["name"].endswith(EXTENSIONS):
                    found.setdefault(commit, {})[f"{path}/{entry['name']}"] = text
        return found

    def _joined(self, commit: str, partials: Iterable[str]) -> str:
        return "".join(closed(self._texts.get((commit, each)) or "") for each in partials)

    def _start(self, change: Change, snapshot: Snapshot) -> _Search:
        text = snapshot.files[change.file].data.decode("utf-8")
        found = yaml.read(text, change.key, document=change.document)
        return _Search(change, snapshot.commit, found[0].line)

    def _round(self, searches: Sequence[_Search], snapshot: Snapshot, *, first: bool) -> None:
        blamed = self._blame(searches, snapshot, with_manifests=first)
        for search in searches:
            search.writer = at_line(blamed.get((search.commit, search.change.file), ()), search.line)
            if search.writer is None:
                search.done, search.trouble = True, "No commit is known for its line."
        looked = [search for search in searches if search.writer is not None]
        self._learn(_wanted(looked, snapshot))
        for search in looked:
            self._step_back(search)

    def _step_back(self, search: _Search) -> None:
        """Stop where the value was written; go on where the commit only touched its line."""
        writer = search.writer
        if writer is None:
            return
        text = self._texts.get((writer.parent, search.change.file)) if writer.parent else None
        try:
            found = yaml.read(text or "", search.change.key, document=search.change.document)
        except ProfileError:
            found = []
        if yaml.joined(found) != search.change.old:
            search.done = True
            return
        search.commit, search.line = writer.parent, found[0].line

    def _results(self, searches: Iterable[_Search], snapshot: Snapshot) -> dict[Change, Written]:
        results = {}
        for search in searches:
            writer, path = search.writer, search.change.path
            if writer is None or not search.done:
                results[search.change] = Written(trouble=search.trouble or "Its line was moved too often.")
                continue
            partials = partials_of(path, snapshot.files)
            results[search.change] = Written(
                writer=writer,
                then=self._texts.get((writer.commit, path)),
                before=self._texts.get((writer.parent, path)),
                manifest_commit=self._touched.get(path, ""),
                partials_then=self._joined(writer.commit, partials),
                partials_before=self._joined(writer.parent, partials),
            )
        return results

    def _blame(
        self, searches: Sequence[_Search], snapshot: Snapshot, *, with_manifests: bool
    ) -> dict[tuple[str, str], tuple[tuple[int, int, Writer], ...]]:
        places = list(dict.fromkeys((search.commit, search.change.file) for search in searches))
        fields = {
            f"b{number}": f'object(oid: "{commit}") {{ ... on Commit {{ blame(path: {json.dumps(path)}) {{ ranges {{ '
            f"startingLine endingLine commit {{ {WHO} }} }} }} }} }}"
            for number, (commit, path) in enumerate(places)
        }
        manifests = list(dict.fromkeys(search.change.path for search in searches)) if with_manifests else []
        fields |= {
            f"h{number}": f'object(oid: "{snapshot.commit}") {{ ... on Commit {{ history(path: {json.dumps(path)}, '
            "first: 1) { nodes { oid } } } }"
            for number, path in enumerate(manifests)
        }
        answers = self._ask(fields)
        for number, path in enumerate(manifests):
            nodes = ((answers.get(f"h{number}") or {}).get("history") or {}).get("nodes") or [{}]
            self._touched[path] = nodes[0].get("oid", "")
        return {place: ranges(answers.get(f"b{number}")) for number, place in enumerate(places)}

    def _learn(self, places: Iterable[tuple[str, str]]) -> None:
        new = [place for place in dict.fromkeys(places) if place not in self._texts and place[0]]
        answers = self._ask(
            {
                f"t{number}": f'object(oid: "{commit}") {{ ... on Commit {{ file(path: {json.dumps(path)}) '
                "{ object { ... on Blob { text } } } } }"
                for number, (commit, path) in enumerate(new)
            }
        )
        for number, place in enumerate(new):
            file = (answers.get(f"t{number}") or {}).get("file") or {}
            self._texts[place] = (file.get("object") or {}).get("text")

    def _ask(self, fields: Mapping[str, str], at_once: int = AT_ONCE) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        names = list(fields)
        for start in range(0, len(names), at_once):
            part = "\n".join(f"{name}: {fields[name]}" for name in names[start : start + at_once])
            query = (
                "query Past($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { "
                + part
                + " } }"
            )
            answers |= self.api.ask(query, owner=self.api.owner, name=self.api.name)["repository"]
        return answers


def partials_of(path: str, paths: Iterable[str]) -> list[str]:
    """Those of *paths* that are partials (`_*.yaml`) of the manifest at *path*, in the order they are put before it."""
    directory = path.rpartition("/")[0]
    beside = [other for other in paths if other.rpartition("/")[0] == directory]
    return sorted(other for other in beside if is_partial(other))


def is_partial(path: str) -> bool:
    """Whether a file in a directory of manifests is a partial."""
    return path.rpartition("/")[2].startswith("_") and path.endswith(EXTENSIONS)


def _wanted(searches: Iterable[_Search], snapshot: Snapshot) -> list[tuple[str, str]]:
    wanted = []
    for search in searches:
        writer = search.writer
        if writer is None:
            continue
        wanted.append((writer.parent, search.change.file))
        for path in (search.change.path, *partials_of(search.change.path, snapshot.files)):
            wanted += [(writer.commit, path), (writer.parent, path)]
    return wanted
