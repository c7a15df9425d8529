"""Text of a manifest → Manifest, or what is wrong with it and at which line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from profile_cd.errors import Unreadable
from profile_cd.manifest import files as manifest_files
from profile_cd.manifest import sources as manifest_sources
from profile_cd.manifest import targets as manifest_targets
from profile_cd.manifest import template
from profile_cd.manifest import yaml as manifest_yaml
from profile_cd.manifest.fields import ROOT
from profile_cd.manifest.files import closed, stem
from profile_cd.manifest.level import Level, Warnings
from profile_cd.manifest.meanings import meaning
from profile_cd.manifest.targets import duplicates
from profile_cd.manifest.yaml import Document, Node
from profile_cd.model import Loaded, Manifest, Problem

__all__ = ["duplicates", "load", "meaning", "read"]


@dataclass(slots=True)
class _Read:
    """What one file holds: a document that cannot be used does not hide the others."""

    manifests: list[Manifest] = field(default_factory=list)
    failures: list[tuple[str, Unreadable]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def load(
    files: Mapping[str, bytes], directory: str | None, environment: Mapping[str, str], *, exclude: tuple[str, ...] = ()
) -> Loaded:
    """All manifests below *directory* (`.updatecli`, else `updatecli.d`, where it is empty), in path order.

    *files* is a snapshot's; *environment* holds what templates may read and nothing else; *exclude* are globs
    of paths below *directory*. A manifest with a failure is left out, and so are all that keep up one value.
    Raises CannotStart where there is no manifest at all.
    """
    manifests: list[Manifest] = []
    failures: list[Problem] = []
    warnings: list[Problem] = []
    for each in manifest_files.choose(files, directory, exclude):
        found = _file(each, files, environment)
        manifests += found.manifests
        failures += [Problem(name, each.path, error.line, str(error)) for name, error in found.failures]
        warnings += found.warnings
    claimed = duplicates(manifests)
    left_out = {(problem.path, problem.manifest) for problem in claimed}
    return Loaded(
        tuple(each for each in manifests if (each.path, each.id) not in left_out),
        tuple(sorted([*failures, *claimed], key=lambda problem: (problem.path, problem.line))),
        tuple(warnings),
    )


def read(
    text: str, path: str, environment: Mapping[str, str], partials: str = ""
) -> tuple[list[Manifest], list[Problem]]:
    """The manifests in *text*, one a document, and warnings.

    *partials* is the text that stands in front of it; lines are counted without it. Raises Unreadable for
    the first document that cannot be used.
    """
    found = _read(text, path, environment, partials, stem(path))
    if found.failures:
        raise found.failures[0][1]
    return found.manifests, found.warnings


def _file(file: manifest_files.ManifestFile, files: Mapping[str, bytes], environment: Mapping[str, str]) -> _Read:
    if manifest_files.is_cue(file.path):
        return _Read(failures=[(file.id, Unreadable("CUE is not supported.", line=1, now="Write it in YAML."))])
    try:
        text = manifest_files.text_of(files[file.path])
        partials = manifest_files.joined(file.partials, files)
    except Unreadable as error:
        return _Read(failures=[(file.id, error)])
    return _read(text, file.path, environment, partials, file.id)


def _read(text: str, path: str, environment: Mapping[str, str], partials: str, name: str) -> _Read:
    found = _Read()
    before = closed(partials).count("\n")
    number = 0
    for document in manifest_yaml.split(closed(partials) + text):
        if document.end <= before and document.text.endswith("\n"):
            reason = "It starts with `---`, so nothing of the partials (`_…`) beside it reaches it. Delete the `---`."
            found.warnings.append(Problem(name, path, 1, reason))
            continue
        number += 1
        this = name if number == 1 else f"{name}#{number}"
        warnings: Warnings = []
        try:
            manifest = _document(document, environment, (this, path, before), warnings)
        except Unreadable as error:
            found.failures.append((this, _own(error, before)))
            continue
        found.manifests += [manifest] if manifest else []
        found.warnings += [Problem(this, path, max(1, line - before), reason) for line, reason in warnings]
    return found


def _own(error: Unreadable, before: int) -> Unreadable:
    """*error* with its line in the manifest's own file; one in the partials goes to its first line."""
    if error.line > before:
        return Unreadable(error.what, line=error.line - before, probably=error.probably, now=error.now)
    where = f"Line {error.line} of the partials (`_…`) in front of it: {error.what}"
    return Unreadable(where, line=1, probably=error.probably, now=error.now)


def _document(
    document: Document, environment: Mapping[str, str], identity: tuple[str, str, int], warnings: Warnings
) -> Manifest | None:
    try:
        filled = template.fill(document.text, environment)
    except Unreadable as error:
        error.line += document.before
        raise
    warnings += [(line + document.before, reason) for line, reason in filled.warnings]
    root = manifest_yaml.compose(document, filled)
    return _manifest(root, identity, warnings) if root else None


def _manifest(root: Node, identity: tuple[str, str, int], warnings: Warnings) -> Manifest:
    name, path, before = identity
    level = Level(root, ROOT, "The manifest", warnings)
    sources = {key: manifest_sources.read(key, node, warnings) for key, node in level.each("sources")}
    targets, uses = [], list(sources.values())
    for key, node in level.each("targets"):
        found, own = manifest_targets.read(key, node, sources, warnings)
        targets += found
        uses += [own] if own else []
    for each in ("name", "id", "pipelineid", "version"):
        level.text(each)
    return Manifest(
        id=name,
        path=path,
        name=level.text("name", stem(path).upper()),
        line=max(1, level.line - before),
        sources=tuple(replace(use, line=max(1, use.line - before)) for use in uses),
        targets=tuple(replace(target, line=max(1, target.line - before)) for target in targets),
    )
