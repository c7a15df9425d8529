"""Targets of a manifest: from its entries to the values that are kept up to date."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from profile_cd.errors import ProfileError, Unreadable
from profile_cd.manifest.fields import TARGET, YAML_TARGET
from profile_cd.manifest.level import Level
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.scalar import at_line
from profile_cd.manifest.sources import kind_of, steps
from profile_cd.manifest.yaml import Node
from profile_cd.model import SourceUse, TargetUse, Transformer
from profile_cd.neutral import line as shown
from profile_cd.targets import yaml

MOST_VALUES = 2_000
"""Values that one target may keep up to date."""


def read(
    name: str, node: Node, sources: Mapping[str, SourceUse | None], notes: Notes
) -> tuple[list[TargetUse], SourceUse | None]:
    """The values that the target *name* keeps up to date, one for each file and key.

    Beside them stands a source of their own, where the target transforms the version further. There is nothing
    where something is wrong, which is noted, or with its source. Raises Unreadable where nothing is read.
    """
    failed = len(notes.failures)
    level = Level(node, TARGET, f"The target `{shown(name, 80)}`", notes)
    kind_of(level, {"yaml": YAML_TARGET}, "target")
    level.require()
    spec = level.below("spec", YAML_TARGET, caseless=True)
    notes.attempt(spec.text, "engine")
    document = notes.attempt(spec.number, "documentindex")
    files, keys = notes.attempt(_files, spec) or [], notes.attempt(_keys, spec) or []
    if len(files) * len(keys) > MOST_VALUES:
        raise Unreadable(
            f"{level.where} names {len(files):,} files and {len(keys):,} keys, which are more than {MOST_VALUES:,} "
            "values.",
            line=level.line,
            now="Divide them among several targets.",
        )
    use, more, value = notes.attempt(_input, level, spec, sources) or (None, (), "")
    if use is None or len(notes.failures) > failed:
        return [], None
    own = replace(use, id=f"{use.id}→{name}", transformers=use.transformers + more) if more else None
    source_id, known = (own or use).id, frozenset[str]()
    found = [
        TargetUse(
            name, line, source_id, file, key, value, document,
            unset=notes.stand_ins.get(file, known) | notes.stand_ins.get(key, known),
        )
        for file in files
        for key, line in keys
    ]  # fmt: skip
    return found, own


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
            yaml.address(key)
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
    if outside or any(map(_of_git, path.parts)) or "\0" in file:
        raise Unreadable(
            f"The file `{shown(file, 80)}` is not one of the repository's own.",
            line=line,
            now="Write its path from the repository's directory, like `values-override.yaml`, without `..`.",
        )
    return str(path)


def _of_git(part: str) -> bool:
    """Whether some file system takes *part* for `.git`: Git itself refuses to check these out (CVE-2014-9390)."""
    seen = "".join(sign for sign in part if unicodedata.category(sign) != "Cf")
    return seen.lower().rstrip(". ") in (".git", "git~1")


def _input(
    level: Level, spec: Level, sources: Mapping[str, SourceUse | None]
) -> tuple[SourceUse | None, tuple[Transformer, ...], str]:
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


def _only(level: Level, sources: Mapping[str, SourceUse | None]) -> SourceUse | None:
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


def _named(name: str, sources: Mapping[str, SourceUse | None], line: int) -> SourceUse | None:
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
