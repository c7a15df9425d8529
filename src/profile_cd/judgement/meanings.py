"""What the manifests of any commit mean for one value; each distinct text is read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from profile_cd import manifest
from profile_cd.manifest import Meaning
from profile_cd.model import Change, Snapshot


def of(change: Change, within: str, text: str | None, partials: str) -> Meaning | None:
    """What a manifest's *text*, behind its *partials*, means for the value of *change*; None: nothing.

    *within* is the directory that the manifests' file names are relative to, empty for the root.
    """
    file = change.file.removeprefix(f"{within}/") if within else change.file
    return None if text is None else _meaning(text, partials, file, change.key)


def now(change: Change, within: str, snapshot: Snapshot) -> Meaning | None:
    """What the manifest of *change* means in *snapshot*."""
    paths = (change.path, *manifest.partials_of(change.path, snapshot.files))
    texts = {path: snapshot.files[path].data.decode("utf-8-sig", "replace") for path in paths}
    return of(change, within, texts[change.path], joined(texts, change.path))


@lru_cache(maxsize=1024)
def _meaning(text: str, partials: str, file: str, key: str) -> Meaning | None:
    return manifest.meaning(text, "", file, key, partials)


def joined(texts: Mapping[str, str | None], path: str) -> str:
    """The partials among *texts* (by path) of the manifest at *path*, as one text that stands in front of it."""
    return "".join(manifest.closed(texts[other] or "") for other in manifest.partials_of(path, texts))
