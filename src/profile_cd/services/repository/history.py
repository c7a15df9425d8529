"""Git's own history as GitHub knows it: blames, texts, directories and the last commit of a file, in batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from profile_cd.errors import ProfileError
from profile_cd.judgement import Answers, At, Questions
from profile_cd.manifest import EXTENSIONS
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.blame import BLAME, ranges

HEAVIEST = 400
"""What one GraphQL question may weigh: GitHub answers within ten seconds or not at all."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of question: a field of a commit with a place for the path, its weight, and how its answer is read."""

    field: str
    weight: int
    read: Callable[[Node | None, str], Any]


def _text(node: Node | None, _path: str) -> str | None:
    text = (((node or {}).get("file") or {}).get("object") or {}).get("text")
    return text if isinstance(text, str) else None


def _directory(node: Node | None, path: str) -> dict[str, str]:
    entries = (((node or {}).get("file") or {}).get("object") or {}).get("entries") or []
    texts = {f"{path}/{entry['name']}": (entry["object"] or {}).get("text") for entry in entries}
    return {name: text for name, text in texts.items() if isinstance(text, str) and name.endswith(EXTENSIONS)}


def _touched(node: Node | None, _path: str) -> str:
    nodes = ((node or {}).get("history") or {}).get("nodes") or [{}]
    return str(nodes[0].get("oid", ""))


_BLAMES = _Kind(BLAME, 10, lambda node, _path: ranges(dict(node) if node else None))
_TEXTS = _Kind("file(path: %s) { object { ... on Blob { text } } }", 1, _text)
_TREES = _Kind(
    "file(path: %s) { object { ... on Tree { entries { name object { ... on Blob { text } } } } } }", 40, _directory
)
_LAST = _Kind("history(path: %s, first: 1) { nodes { oid } }", 5, _touched)

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
            *((_LAST, at) for at in sorted(questions.touched)),
        ]
        try:
            for part in _parts(each for each in asked if each not in self._known):
                self._ask(part)
        except ProfileError as error:
            return Answers(trouble=f"History gave no answer: {error}")
        blames, texts, directories, touched = (
            {at: self._known[kind, at] for kind, at in asked if kind is wanted} for wanted in _KINDS
        )
        return Answers(blames, texts, directories, touched)

    def _ask(self, part: list[_Asked]) -> None:
        fields = [
            f'q{number}: object(oid: "{commit}") {{ ... on Commit {{ {kind.field % json.dumps(path)} }} }}'
            for number, (kind, (commit, path)) in enumerate(part)
        ]
        query = (
            "query Past($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n"
            + "\n".join(fields)
            + "\n} }"
        )
        answer = self.api.ask(query, owner=self.api.owner, name=self.api.name)["repository"]
        for number, (kind, at) in enumerate(part):
            self._known[kind, at] = kind.read(answer.get(f"q{number}"), at[1])


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
