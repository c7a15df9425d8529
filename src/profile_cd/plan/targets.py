"""What can be said of targets before any source is asked: where they lead, and who else wants the same value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from profile_cd.errors import EditRefused, ProfileError, Unreadable, unexpected
from profile_cd.manifest import at_line
from profile_cd.model import Manifest, Problem, Snapshot, TargetUse
from profile_cd.neutral import line as shown
from profile_cd.targets import yaml
from profile_cd.targets.yaml import Found

Spot = tuple[str, int]
"""A file's path, and where in its text a value starts."""
Claim = tuple[Manifest, TargetUse]
MOST_NAMED = 5
_LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was *found* where each target of a manifest (path, id) leads, and the *problems* of the others."""

    found: Mapping[tuple[str, str, TargetUse], tuple[Found, ...]]
    problems: tuple[Problem, ...]


def path_of(name: str, within: str) -> str:
    """The path from the repository's root of what a manifest calls *name*, seen from the directory *within*."""
    return str(PurePosixPath(within, name))


def problems(manifests: Iterable[Manifest], snapshot: Snapshot, *, within: str = "") -> tuple[Problem, ...]:
    """A problem for each target that leads to no value, or to one that another target keeps up to date.

    *within* is the directory that the manifests' file names are relative to, empty for the root.
    """
    return look(manifests, snapshot, within).problems


def look(manifests: Iterable[Manifest], snapshot: Snapshot, within: str) -> Looked:
    """Follow every target of *manifests* into its file; each file is read once for all of them."""
    found: dict[tuple[str, str, TargetUse], tuple[Found, ...]] = {}
    failures: list[Problem] = []
    owners: dict[Spot, list[Claim]] = {}
    for path, claims in _by_file(manifests, within).items():
        try:
            text = text_of(snapshot, path)
        except ProfileError as error:
            failures += _of_file(path, claims, error)
            continue
        for manifest, target in claims:
            try:
                here = yaml.read(text, target.key, document=target.document)
            except ProfileError as error:
                failures.append(problem(manifest, target.line, error))
                continue
            except Exception as error:  # noqa: BLE001  # a key that nobody thought of fails its own manifest only
                failures.append(problem(manifest, target.line, unexpected(error, ProfileError)))
                continue
            found[manifest.path, manifest.id, target] = tuple(here)
            for each in here:
                owners.setdefault((path, each.at), []).append((manifest, target))
    claimed = [_claimed(*claim, claims) for claims in owners.values() if _quarrel(claims) for claim in claims]
    return Looked(found, tuple(dict.fromkeys((*failures, *claimed))))


def text_of(snapshot: Snapshot, path: str) -> str:
    """The text of the YAML file at *path*. Raises EditRefused where there is none that can be edited."""
    file = snapshot.files.get(path)
    if file is None:
        raise EditRefused(
            f"The file `{path}` does not exist.",
            probably="Perhaps it was renamed: name the file as it stands in the repository.",
        )
    if file.mode == "120000":
        raise EditRefused(f"`{path}` is a symbolic link, or lies behind one.", now="Name the file that it leads to.")
    if file.mode == "040000":
        raise EditRefused(f"`{path}` is a directory.", now="Name a file in it.")
    if not file.regular:
        raise EditRefused(f"`{path}` is no regular file.", probably="It is a pipe, a socket or a device.")
    if file.data.startswith(_LFS):
        raise EditRefused(
            f"`{path}` is a pointer of Git LFS: the file itself does not lie in the repository.",
            now="Take the file out of LFS (`git lfs untrack`); values are edited in files that Git holds.",
        )
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditRefused(f"`{path}` is not UTF-8 (byte {error.start}).", now="Save it as UTF-8.") from error
    yaml.check(text)
    return text


def problem(manifest: Manifest, line: int, error: ProfileError) -> Problem:
    """*error* as one of *manifest*, at *line* where it does not know its own."""
    own = error.line if isinstance(error, Unreadable) else line
    return Problem(manifest.id, manifest.path, own, str(at_line(error, own)))


def _by_file(manifests: Iterable[Manifest], within: str) -> dict[str, list[Claim]]:
    claims: dict[str, list[Claim]] = {}
    for manifest in manifests:
        for target in manifest.targets:
            # A file or a key that only a variable knows cannot be looked up without it.
            if not target.unset:
                claims.setdefault(path_of(target.file, within), []).append((manifest, target))
    return claims


def _of_file(path: str, claims: list[Claim], error: ProfileError) -> list[Problem]:
    """What is wrong with a whole file, said once; the other manifests that want it point to where."""
    lines: dict[tuple[str, str], int] = {}
    for manifest, target in claims:
        lines.setdefault((manifest.path, manifest.id), target.line)
    whole = problem(claims[0][0], claims[0][1].line, error)
    reason = f"`{path}` cannot be edited: see {whole.path}:{whole.line}."
    others = [Problem(name, at, line, reason) for (at, name), line in lines.items()]
    return [whole, *(each for each in others if (each.path, each.manifest) != (whole.path, whole.manifest))]


def _quarrel(claims: list[Claim]) -> bool:
    """Whether they may want different texts in one place."""
    return len({(manifest.path, manifest.id, target.source_id, target.value) for manifest, target in claims}) > 1


def _claimed(manifest: Manifest, target: TargetUse, claims: list[Claim]) -> Problem:
    others = [(other, use) for other, use in claims if use is not target]
    named = ", ".join(f"{other.path}:{use.line} (`{shown(use.key, 200)}`)" for other, use in others[:MOST_NAMED])
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    reason = (
        f"`{shown(target.key, 200)}` in `{shown(target.file, 80)}` leads to a value that is also kept up to date "
        f"by {named}{more}. They would undo each other at every run. Keep one of them."
    )
    return Problem(manifest.id, manifest.path, target.line, reason)
