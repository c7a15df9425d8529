"""Which files of a snapshot are manifests, in which order, and which partials stand in front of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from profile_cd.errors import CannotStart, Unreadable

DEFAULT_DIRECTORIES = (".updatecli", "updatecli.d")
EXTENSIONS = (".yaml", ".yml", ".json", ".tpl", ".tmpl")
LARGEST = 500_000
"""Bytes of one manifest."""


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A manifest's *path*, its *id* among all of them, and the paths of its *partials*."""

    id: str
    path: str
    partials: tuple[str, ...] = ()


def choose(paths: Iterable[str], directory: str | Sequence[str] | None) -> list[ManifestFile]:
    """The manifests below *directory*, or below the first of several that holds any.

    Without one, `.updatecli` counts, else `updatecli.d`. Raises CannotStart where there is no manifest.
    """
    everything = sorted(paths)
    for name in named(directory):
        within = str(PurePosixPath(name))
        found = _below(everything, within)
        if found:
            return _with_ids(found, within)
    listed = " nor ".join(f"`{name}`" for name in named(directory))
    raise CannotStart(
        f"There is no manifest in {listed}.",
        probably="Perhaps there is no such directory. A manifest is a file whose name ends in "
        f"{', '.join(f'`{each}`' for each in EXTENSIONS)}.",
        now="Put manifests into `.updatecli`, or say with `directory` (the root) and `manifest-dir` where they lie.",
    )


def named(directory: str | Sequence[str] | None) -> tuple[str, ...]:
    """The directories that are looked through."""
    return ((directory,) if isinstance(directory, str) else tuple(directory)) if directory else DEFAULT_DIRECTORIES


def not_read(paths: Iterable[str], directory: str | Sequence[str] | None) -> tuple[str, str, str] | None:
    """The directory whose manifests are read, another one whose are not, and a manifest in that; None for none."""
    everything = sorted(paths)
    full = [(name, found[0]) for name in named(directory) if (found := _below(everything, str(PurePosixPath(name))))]
    return (full[0][0], *full[1]) if len(full) > 1 else None


def text_of(data: bytes | None) -> str:
    """The text of a manifest or a partial; None is what is no regular file.

    Raises Unreadable for that, and where it is no UTF-8 text, or too large.
    """
    if data is None:
        raise Unreadable("This is no regular file: links and pipes are not read.", line=1, now="Put the file here.")
    if len(data) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST} bytes.", line=1, now="Cut it into several.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("The file is not UTF-8.", line=line, now="Save it as UTF-8.") from error


def stem(path: str) -> str:
    """The name of a file without directory and extension, by which people know a manifest."""
    return PurePosixPath(path).stem


def is_cue(path: str) -> bool:
    """Whether a file is one of updatecli's experimental manifests in CUE."""
    return path.endswith(".cue")


def is_partial(path: str) -> bool:
    """Whether a file in a directory of manifests is a partial."""
    # updatecli (since v0.103.0) puts the raw text of `_*.yaml` in front of every manifest of the same directory, before
    # templates are filled in: so two values for one key are a key twice, not the one over the other.
    return path.rpartition("/")[2].startswith("_") and path.endswith(EXTENSIONS)


def partials_of(path: str, paths: Iterable[str]) -> list[str]:
    """Those of *paths* that are partials (`_*.yaml`) of the manifest at *path*, in the order they are put before it."""
    directory = PurePosixPath(path).parent
    return sorted(other for other in paths if is_partial(other) and PurePosixPath(other).parent == directory)


def _below(paths: list[str], within: str) -> list[str]:
    prefix = "" if within == "." else f"{within}/"
    return [
        path
        for path in paths
        if (path == within or path.startswith(prefix)) and (path.endswith(EXTENSIONS) or is_cue(path))
    ]


def _with_ids(paths: list[str], within: str) -> list[ManifestFile]:
    partials: dict[str, list[str]] = {}
    manifests = []
    for path in paths:
        if is_partial(path):
            partials.setdefault(str(PurePosixPath(path).parent), []).append(path)
        else:
            manifests.append(path)
    stems = Counter(map(stem, manifests))
    return [
        ManifestFile(
            stem(path) if stems[stem(path)] == 1 else path.removeprefix(f"{within}/"),
            path,
            tuple(partials.get(str(PurePosixPath(path).parent), ())),
        )
        for path in manifests
    ]


def joined(partials: Iterable[str], texts: Mapping[str, bytes | None]) -> str:
    """The text of all *partials*, as it stands in front of a manifest. Raises Unreadable, naming the partial."""
    whole = ""
    for path in partials:
        try:
            text = text_of(texts[path])
        except Unreadable as error:
            raise Unreadable(f"The partial `{path}` cannot be read. {error}", line=1) from error
        whole += closed(text)
    return whole


def closed(text: str) -> str:
    """*text* with a line end behind its last line."""
    return text if not text or text.endswith("\n") else f"{text}\n"
