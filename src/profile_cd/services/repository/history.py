"""Git's own history as GitHub knows it: blames, texts, directories and the last commits of a file, in batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from profile_cd.errors import ProfileError
from profile_cd.judgement import Answers, At, Questions, Revision
from profile_cd.manifest import EXTENSIONS
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.blame import WHO, ranges, writer

HEAVIEST = 400
"""What one GraphQL question may weigh: GitHub answers within ten seconds or not at all."""

MOST_REVISIONS = 10
"""Commits of a manifest among which the one is looked for that turned it: those behind it changed a comment."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of question: fields of a commit with PATH for the path, their weight, and how the answer is read."""

    fields: str
    weight: int
    read: Callable[[Node, str], Any]

    def of(self, path: str) -> str:
        """The fields for *path*."""
        return self.fields.replace("PATH", json.dumps(path))


def _text(node: Node, _path: str) -> str | None:
    text = ((node.get("file") or {}).get("object") or {}).get("text")
    return text if isinstance(text, str) else None


def _directory(node: Node, path: str) -> dict[str, str]:
    entries = ((node.get("file") or {}).get("object") or {}).get("entries") or []
    texts = {f"{path}/{entry['name']}": (entry["object"] or {}).get("text") for entry in entries}
    return {name: text for name, text in texts.items() if isinstance(text, str) and name.endswith(EXTENSIONS)}


def _revisions(node: Node, path: str) -> tuple[Revision, ...]:
    nodes = (node.get("history") or {}).get("nodes") or ()
    return tuple((writer(each), _text(each, path)) for each in nodes)


_FILE = "file(path: PATH) { object { ... on Blob { text } } }"
_BLAMES = _Kind(
    f"blame(path: PATH) {{ ranges {{ startingLine endingLine commit {{ {WHO} }} }} }}", 10, lambda node, _: ranges(node)
)
_TEXTS = _Kind(_FILE, 1, _text)
_TREES = _Kind(
    "file(path: PATH) { object { ... on Tree { entries { name object { ... on Blob { text } } } } } }", 40, _directory
)
_LAST = _Kind(f"history(path: PATH, first: {MOST_REVISIONS}) {{ nodes {{ {WHO} {_FILE} }} }}", 10, _revisions)

_Asked = tuple[_Kind, At]


@dataclass(frozen=True, slots=True)
class History:
    """The history of one repository; what was asked is not asked again, since commits never change."""

    api: GitHubApi
    _known: dict[_Asked, Any] = field(default_factory=dict, repr=False)

    def answer(self, questions: Questions) -> Answers:
        """An answer to each of *questions*, in as few requests as GitHub can bear, or the trouble."""
        asked = [
            *((_BLAMES, at) for at in sorted(questions.blames)),
            *((_TEXTS, at) for at in sorted(questions.texts)),
            *((_TREES, at) for at in sorted(questions.directories)),
            *((_LAST, at) for at in sorted(questions.revisions)),
        ]
        try:
            for part in _parts(each for each in asked if each not in self._known):
                self._ask(part)
        except ProfileError as error:
            return Answers(trouble=f"History gave no answer: {error}")
        blames, texts, directories, revisions = (
            {at: self._known[kind, at] for kind, at in asked if kind is wanted} for wanted in _KINDS
        )
        return Answers(blames, texts, directories, revisions)

    def _ask(self, part: list[_Asked]) -> None:
        parts = {
            f"q{number}": f'object(oid: "{commit}") {{ ... on Commit {{ {kind.of(path)} }} }}'
            for number, (kind, (commit, path)) in enumerate(part)
        }
        answer = self.api.ask_parts("Past", parts)
        for number, (kind, at) in enumerate(part):
            self._known[kind, at] = kind.read(answer.get(f"q{number}") or {}, at[1])


_KINDS = (_BLAMES, _TEXTS, _TREES, _LAST)


def _parts(asked: Iterable[_Asked]) -> Iterable[list[_Asked]]:
    """*asked* in parts that GitHub answers in time."""
    part: list[_Asked] = []
    weight = 0
    for each in asked:
        if part and weight + each[0].weight > HEAVIEST:
            yield part
            part, weight = [], 0
        part.append(each)
        weight += each[0].weight
    if part:
        yield part
