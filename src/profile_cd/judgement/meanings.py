"""What the manifests of any commit mean for one value: each distinct text is read once a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from profile_cd import manifest
from profile_cd.model import Change, Snapshot

Meaning = object
"""Comparable: two meanings are equal where the manifests decide alike."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The reader of one run. *within* is the directory that the manifests' file names are relative to."""

    within: str = ""
    _known: dict[tuple[str, str, str, str], Meaning | None] = field(default_factory=dict, repr=False)

    def of(self, change: Change, text: str | None, partials: str) -> Meaning | None:
        """What a manifest's *text*, behind its *partials*, means for the value of *change*; None: nothing."""
        if text is None:
            return None
        file = change.file.removeprefix(f"{self.within}/") if self.within else change.file
        question = (text, partials, file, change.key)
        if question not in self._known:
            self._known[question] = manifest.meaning(text, change.path, file, change.key, partials)
        return self._known[question]

    def now(self, change: Change, snapshot: Snapshot) -> Meaning | None:
        """What the manifest of *change* means today."""
        paths = (change.path, *partials_of(change.path, snapshot.files))
        texts = {path: snapshot.files[path].data.decode("utf-8-sig", "replace") for path in paths}
        return self.of(change, texts[change.path], joined(texts, change.path))


def joined(texts: Mapping[str, str | None], path: str) -> str:
    """The partials among *texts* (by path) of the manifest at *path*, as one text that stands in front of it."""
    return "".join(manifest.closed(texts[other] or "") for other in partials_of(path, texts))


def partials_of(path: str, paths: Iterable[str]) -> list[str]:
    """Those of *paths* that are partials (`_*.yaml`) of the manifest at *path*, in the order they are put before it."""
    directory = path.rpartition("/")[0]
    return sorted(other for other in paths if other.rpartition("/")[0] == directory and is_partial(other))


def is_partial(path: str) -> bool:
    """Whether a file in a directory of manifests is a partial."""
    return path.rpartition("/")[2].startswith("_") and path.endswith(manifest.EXTENSIONS)
