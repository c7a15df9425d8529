"""Targets of a manifest: from its entries to the values that are kept up to date, and who else wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from profile_cd.errors import ProfileError, Unreadable
from profile_cd.manifest.fields import TARGET, YAML_TARGET
from profile_cd.manifest.level import Level, Warnings
from profile_cd.manifest.scalar import at_line
from profile_cd.manifest.sources import kind_of, steps
from profile_cd.manifest.yaml import Node
from profile_cd.model import Manifest, Problem, SourceUse, TargetUse, Transformer
from profile_cd.neutral import line as shown
from profile_cd.targets.yaml import Named
from profile_cd.targets.yaml import path as yaml_path

Place = tuple[str, tuple[object, ...]]


def read(
    name: str, node: Node, sources: Mapping[str, SourceUse], warnings: Warnings
) -> tuple[list[TargetUse], SourceUse | None]:
    """The values that the target *name* keeps up to date, one for each file and key.

    Beside them stands a source of their own, where the target transforms the version further.
    Raises Unreadable at the line of what is wrong.
    """
    level = Level(node, TARGET, f"The target `{shown(name, 80)}`", warnings)
    kind_of(level, {"yaml": YAML_TARGET}, "target")
    spec = level.below("spec", YAML_TARGET, caseless=True)
    spec.text("engine")
    document = spec.number("documentindex")
    use, more, value = _input(level, spec, sources)
    own = replace(use, id=f"{use.id}→{name}", transformers=use.transformers + more) if more else None
    found = [
        TargetUse(name, line, own.id if own else use.id, file, key, value, document)
        for file in _files(spec)
        for key, line in _keys(spec)
    ]
    return found, own


def place(file: str, key: str) -> Place:
    """What makes two spellings of a file and a key the same value. Raises EditRefused where the key is no path."""
    steps_ = yaml_path.parse(key)
    return str(PurePosixPath(file)), tuple(step.names if isinstance(step, Named) else step for step in steps_)


def duplicates(manifests: Iterable[Manifest]) -> list[Problem]:
    """A problem for every target whose value another target keeps up to date as well."""
    owners: dict[Place, list[tuple[Manifest, TargetUse]]] = {}
    for manifest in manifests:
        for target in manifest.targets:
            owners.setdefault(place(target.file, target.key), []).append((manifest, target))
    return [
        _claimed(manifest, target, [pair for pair in claims if pair[1] is not target and _meet(pair[1], target)])
        for claims in owners.values()
        for manifest, target in claims
        if any(other is not target and _meet(other, target) for _, other in claims)
    ]


def _meet(one: TargetUse, other: TargetUse) -> bool:
    return one.document is None or other.document is None or one.document == other.document


def _claimed(manifest: Manifest, target: TargetUse, others: list[tuple[Manifest, TargetUse]]) -> Problem:
    where = ", ".join(f"{other.path}:{use.line}" for other, use in others)
    reason = (
        f"`{shown(target.key, 200)}` in `{shown(target.file, 80)}` is also kept up to date by {where}. "
        "They would undo each other at every run. Keep one of them."
    )
    return Problem(manifest.id, manifest.path, target.line, reason)


def _files(spec: Level) -> list[str]:
    spec.only_one("file", "files", required=True)
    single = ((spec.text("file"), spec.at("file")),) if spec.has("file") else ()
    written = single or spec.texts("files")
    inside = [(_inside(file, line) if file else "", line) for file, line in written]
    return [file for file, _ in _distinct(inside, spec, "files")]


def _keys(spec: Level) -> list[tuple[str, int]]:
    spec.only_one("key", "keys", required=True)
    single = ((spec.text("key"), spec.at("key")),) if spec.has("key") else ()
    found = _distinct(single or spec.texts("keys"), spec, "keys")
    for key, line in found:
        try:
            yaml_path.parse(key)
        except ProfileError as error:
            raise at_line(error, line) from error
    return found


def _distinct(entries: Iterable[tuple[str, int]], spec: Level, name: str) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for entry, line in entries:
        if entry in found or not entry:
            raise Unreadable(
                f"`{shown(entry, 80)}` stands in `{name}` twice." if entry else f"`{name[:-1]}` is empty.",
                line=line,
                now="Delete this line." if entry else "Write it.",
            )
        found[entry] = line
    if not found:
        raise Unreadable(f"`{name}` is empty.", line=spec.at(name), now="Name at least one.")
    return list(found.items())


def _inside(file: str, line: int) -> str:
    path = PurePosixPath(file)
    outside = path.is_absolute() or ".." in path.parts or "://" in file or not path.parts
    if outside or any(part.lower() == ".git" for part in path.parts) or "\0" in file:
        raise Unreadable(
            f"The file `{shown(file, 80)}` is not one of the repository's own.",
            line=line,
            now="Write its path from the repository's directory, like `values-override.yaml`, without `..`.",
        )
    return str(path)


def _input(
    level: Level, spec: Level, sources: Mapping[str, SourceUse]
) -> tuple[SourceUse, tuple[Transformer, ...], str]:
    """The source of a target's value, what the target transforms further, and the constant that it writes instead."""
    detached, asked = level.flag("disablesourceinput"), _asked(spec)
    if detached and (level.has("sourceid") or asked is None):
        raise Unreadable(
            f"{level.where} takes no source.",
            line=level.at("disablesourceinput"),
            now="Delete `disablesourceinput`; a value that never changes needs no manifest.",
        )
    more = steps(level)
    if more and spec.has("value"):
        level.warn("transformers", "`transformers` have no effect beside `value`. Move them to the source.")
    if asked is not None:
        before, after = (part for part in spec.node("value").parts if isinstance(part, str))
        around = (("addprefix", before), ("addsuffix", after))
        return (
            _named(asked, sources, spec.at("value")),
            tuple(Transformer(name, text) for name, text in around if text),
            "",
        )
    value = spec.text("value")
    return _only(level, sources), () if value else more, value


def _only(level: Level, sources: Mapping[str, SourceUse]) -> SourceUse:
    wanted = level.text("sourceid")
    if wanted:
        return _named(wanted, sources, level.at("sourceid"))
    if len(sources) == 1:
        return next(iter(sources.values()))
    raise Unreadable(
        f"{level.where} does not say which of the {len(sources)} sources it takes.",
        line=level.line,
        now=f"Write `sourceid:` and one of {', '.join(f'`{shown(name, 80)}`' for name in sources)}.",
    )


def _named(name: str, sources: Mapping[str, SourceUse], line: int) -> SourceUse:
    if name in sources:
        return sources[name]
    raise Unreadable(
        f"There is no source `{shown(name, 80)}`.",
        line=line,
        now=f"The sources are {', '.join(f'`{shown(each, 80)}`' for each in sources)}.",
    )


def _asked(spec: Level) -> str | None:
    """The source that a `value` with `{{ source "id" }}` in it asks for."""
    node = spec.node("value")
    if not any(value.source for value in node.values):
        return None
    if len(node.values) > 1:
        raise Unreadable(
            "`value` has several templates.",
            line=node.line,
            now="Write one `source`, and put what stands around it into the `transformers` of that source.",
        )
    return node.values[0].source
