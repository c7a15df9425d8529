"""What a manifest decides about one value, comparable between two commits of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias, cast

from profile_cd.errors import ProfileError
from profile_cd.manifest.reading import recall
from profile_cd.model import Condition, Manifest, Source, TargetUse
from profile_cd.targets import yaml

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Place: TypeAlias = tuple[str, tuple[object, ...]]
Plain: TypeAlias = "str | tuple[Plain, ...]"

# What each kind of filter takes without a pattern: writing it down changes nothing.
_DEFAULT_PATTERNS = {"latest": "latest", "semver": "*", "regex": ".*", "pep440": "*"}
_NO_VARIABLES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a manifest decides about one value: equal where two manifests decide alike, however they are spelled.

    *source* is without its login, *transformers* are pairs of name and argument, *place* is file and key in one
    spelling. What templates say stands there as a stand-in of their own, so that no value of a variable is in it.
    """

    source: Source
    condition: Condition
    transformers: tuple[tuple[str, Plain], ...]
    place: Place
    document: int | None = None
    value: str = ""


def meaning_of(manifest: Manifest, target: TargetUse) -> Meaning:
    """What *manifest*, as it was loaded, decides about its *target*; nothing is read again."""
    bare = manifest.bare or manifest
    # The place is that of the real target: what a template in its file or key says is where the value stands.
    this = bare.targets[manifest.targets.index(target)]
    use = next(use for use in bare.sources if use.id == this.source_id)
    return Meaning(
        source=_without_login(use.source),
        condition=_spelled_out(use.condition),
        transformers=tuple((each.name, _plain(each.argument)) for each in use.transformers),
        place=place(target.file, target.key),
        document=this.document,
        value=this.value,
    )


def owner(manifests: Iterable[Manifest], file: str, key: str) -> tuple[Manifest, TargetUse] | None:
    """The first of *manifests* that keeps the value at *key* of *file* up to date, with its target; None for none."""
    try:
        wanted = place(file, key)
    except ProfileError:
        return None
    targets = ((manifest, target) for manifest in manifests for target in manifest.targets if not target.unset)
    return next((pair for pair in targets if place(pair[1].file, pair[1].key) == wanted), None)


def meaning(
    text: str, path: str, file: str, key: str, partials: str = "", environment: Mapping[str, str] = _NO_VARIABLES
) -> Meaning | None:
    """What a manifest's *text* of any time (at *path*, behind its *partials*) decides about the value at *key*.

    It need not load by today's rules; *environment* serves only to see which file and key its templates lead to.
    None where it cannot be read or does not own the value. For a manifest that is loaded, ask `meaning_of`.
    """
    kept = recall(text, path, environment, partials)
    owned = owner(kept, file, key)
    if owned:
        return meaning_of(*owned)
    # Where only a variable says which value it is, nothing would be compared with nothing, and found to be the same.
    owned = _perhaps_owner(kept, file, key)
    return replace(meaning_of(*owned), place=place(file, key)) if owned else None


def _perhaps_owner(manifests: Iterable[Manifest], file: str, key: str) -> tuple[Manifest, TargetUse] | None:
    """The first whose file or key only a variable knows, where the other one is that of the value."""
    try:
        wanted = place(file, key)
    except ProfileError:
        return None
    targets = ((manifest, target) for manifest in manifests for target in manifest.targets if target.unset)
    known = ((pair, place(pair[1].file, pair[1].key)) for pair in targets)
    return next((pair for pair, (path, steps) in known if path == wanted[0] or steps == wanted[1]), None)


def place(file: str, key: str) -> Place:
    """What makes two spellings of a file and a key the same value. Raises EditRefused where the key is no path."""
    return str(PurePosixPath(file)), yaml.address(key)


def _without_login(source: Source) -> Source:
    """*source* without the fields that it does not show (`repr=False`): they are its login."""
    spec = cast("DataclassInstance", source)
    return cast("Source", replace(spec, **{each.name: each.default for each in fields(spec) if not each.repr}))


def _spelled_out(condition: Condition) -> Condition:
    return replace(condition, pattern=condition.pattern or _DEFAULT_PATTERNS.get(condition.kind, ""))


def _plain(argument: object) -> Plain:
    """An argument of a transformer, hashable and in one order."""
    if isinstance(argument, Mapping):
        return tuple((str(name), _plain(each)) for name, each in sorted(argument.items()))
    if isinstance(argument, list | tuple):
        return tuple(_plain(each) for each in argument)
    return str(argument)
