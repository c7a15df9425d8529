"""Text of a manifest → Manifest, or what is wrong with it and at which line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from profile_cd.errors import ProfileError, Unreadable, unexpected
from profile_cd.hiding import Hiding
from profile_cd.manifest import files, policy, sources, targets, template, yaml
from profile_cd.manifest.fields import ROOT
from profile_cd.manifest.level import Level
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.scalar import at_line
from profile_cd.manifest.template_actions import Variables
from profile_cd.manifest.yaml import Document, Node
from profile_cd.model import NO_POLICY, Loaded, Manifest, Problem, SourceUse, TargetUse

UNKNOWN = Variables(complete=False)
"""Nobody knows the value of any variable."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a file is read: under which *name*, at which *path*, with how many lines of partials *before* it."""

    name: str
    path: str
    before: int
    variables: Variables
    lenient: bool = False


@dataclass(slots=True)
class _Read:
    """What one file holds: a document that cannot be used does not hide the others."""

    manifests: list[Manifest] = field(default_factory=list)
    failures: list[tuple[str, Unreadable]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict, repr=False)


def load(
    snapshot: Mapping[str, bytes | None], directory: str | Sequence[str] | None, environment: Mapping[str, str] | None
) -> Loaded:
    """All manifests below *directory* (`.updatecli`, else `updatecli.d`, where it is empty), in path order.

    Of several directories, the first that holds manifests counts, and it is warned of another one.

    *snapshot* holds the bytes of each path, None for what is no regular file; *environment* holds what templates
    may read and nothing else. Without one, variables are set to what nobody knows here: what depends on them is not
    checked, and warned of with their names in `Problem.unset`. A manifest with a failure is left out. Raises
    CannotStart where there is none at all.
    """
    manifests: list[Manifest] = []
    failures: list[Problem] = []
    warnings: list[Problem] = []
    hidden: dict[str, str] = {}
    for each in files.choose(snapshot, directory):
        found = _file(each, snapshot, _variables(environment))
        manifests += found.manifests
        hidden |= found.hidden
        problems = [Problem(name, each.path, error.line, str(error), error.unset) for name, error in found.failures]
        failures += [problem for problem in problems if not problem.unset]
        warnings += [_unchecked(problem) for problem in problems if problem.unset] + found.warnings
    warnings += _of_another_directory(snapshot, directory)
    failures.sort(key=lambda problem: (problem.path, problem.line))
    hide = Hiding(hidden)
    return Loaded(tuple(manifests), _shown(failures, hide), _shown(warnings, hide), hide)


def _shown(problems: Sequence[Problem], hide: Hiding) -> tuple[Problem, ...]:
    return tuple(replace(each, reason=hide(each.reason)) for each in problems)


def read(
    text: str, path: str, environment: Mapping[str, str] | None, partials: str = ""
) -> tuple[list[Manifest], list[Problem]]:
    """The manifests in *text*, one a document, and warnings.

    *partials* is the text that stands in front of it; lines are counted without it. Raises Unreadable for
    the first document that cannot be used.
    """
    asked = _Asked(files.stem(path), path, _lines(partials), _variables(environment))
    found = _read(files.closed(partials) + text, asked)
    if found.failures:
        raise found.failures[0][1]
    return found.manifests, found.warnings


def recall(text: str, path: str, environment: Mapping[str, str], partials: str = "") -> tuple[Manifest, ...]:
    """What can still be read of a manifest's *text* of the past, which need not load by today's rules.

    Variables that are not in *environment* stand for themselves, and a source, a target or a document that cannot
    be read takes no other with it. Nothing is raised: of a text that is no manifest, nothing is left.
    """
    variables = Variables(environment, complete=False, forgiving=True)
    asked = _Asked(files.stem(path), path, _lines(partials), variables, lenient=True)
    try:
        return tuple(_read(files.closed(partials) + text, asked).manifests)
    except Exception:  # noqa: BLE001  # of a text that nobody thought of nothing is left, so that a person looks at it
        return ()


def _of_another_directory(paths: Iterable[str], directory: str | Sequence[str] | None) -> list[Problem]:
    ignored = files.not_read(paths, directory)
    if ignored is None:
        return []
    used, other, path = ignored
    reason = (
        f"The manifests in `{other}` are not read, since there are some in `{used}`. Move them there, or delete them."
    )
    return [Problem(files.stem(path), path, 1, reason)]


def _variables(environment: Mapping[str, str] | None) -> Variables:
    return UNKNOWN if environment is None else Variables(environment)


def _lines(partials: str) -> int:
    return files.closed(partials).count("\n")


def _unchecked(problem: Problem) -> Problem:
    names = ", ".join(f"`{name}`" for name in sorted(problem.unset))
    reason = f"This cannot be checked without the variables that its templates name: {names}."
    return replace(problem, reason=reason)


def _file(file: files.ManifestFile, snapshot: Mapping[str, bytes | None], variables: Variables) -> _Read:
    if files.is_cue(file.path):
        return _Read(failures=[(file.id, Unreadable("CUE is not supported.", line=1, now="Write it in YAML."))])
    try:
        text = files.text_of(snapshot[file.path])
        partials = files.joined(file.partials, snapshot)
        return _read(partials + text, _Asked(file.id, file.path, _lines(partials), variables))
    except Unreadable as error:
        return _Read(failures=[(file.id, error)])
    except Exception as error:  # noqa: BLE001  # a text that nobody thought of fails its own manifest only
        return _Read(failures=[(file.id, at_line(unexpected(error, ProfileError), 1))])


def _read(text: str, asked: _Asked) -> _Read:
    found = _Read()
    number = 0
    for document in yaml.split(text):
        if document.end <= asked.before and document.text.endswith("\n"):
            reason = "It starts with `---`, so nothing of the partials (`_…`) beside it reaches it. Delete the `---`."
            found.warnings.append(Problem(asked.name, asked.path, 1, reason))
            continue
        number += 1
        this = replace(asked, name=asked.name if number == 1 else f"{asked.name}#{number}")
        notes = Notes(lenient=asked.lenient)
        manifest = notes.attempt(_document, document, this, notes)
        found.hidden |= notes.hidden
        failures = sorted(notes.failures, key=lambda error: error.line)
        found.failures += [(this.name, _own(error, this.before)) for error in failures]
        usable = manifest is not None and (asked.lenient or not notes.failures)
        found.manifests += [manifest] if manifest is not None and usable else []
        found.warnings += [Problem(this.name, this.path, line, reason) for line, reason in _warnings(notes, this)]
        found.warnings += [
            _unchecked(Problem(this.name, this.path, max(1, line - this.before), "", unset))
            for line, unset in dict.fromkeys(notes.unset)
        ]
    return found


def _warnings(notes: Notes, asked: _Asked) -> list[tuple[int, str]]:
    return [(max(1, line - asked.before), reason) for line, reason in notes.warnings] if not notes.failures else []


def _own(error: Unreadable, before: int) -> Unreadable:
    """*error* with its line in the manifest's own file; one in the partials goes to its first line."""
    inside = error.line > before
    what = error.what if inside else f"Line {error.line} of the partials (`_…`) in front of it: {error.what}"
    line = error.line - before if inside else 1
    return Unreadable(what, line=line, probably=error.probably, now=error.now, unset=error.unset)


def _document(document: Document, asked: _Asked, notes: Notes) -> Manifest | None:
    found = _with(asked.variables, document, asked, notes)
    if found is None or "{{" not in document.text:
        return found
    # What a manifest means is compared between commits, where variables have other values or none.
    aside = Notes(lenient=asked.lenient)
    bare = aside.attempt(_with, replace(UNKNOWN, forgiving=asked.variables.forgiving), document, asked, aside)
    same = bare is not None and len(bare.targets) == len(found.targets)
    return replace(found, bare=bare if same else None)


def _with(variables: Variables, document: Document, asked: _Asked, notes: Notes) -> Manifest | None:
    try:
        filled = template.fill(document.text, variables)
    except Unreadable as error:
        error.line += document.before
        raise
    notes.warnings += [(line + document.before, reason) for line, reason in filled.warnings]
    root = yaml.compose(document, filled)
    return _manifest(root, asked, notes) if root else None


def _manifest(root: Node, asked: _Asked, notes: Notes) -> Manifest:
    level = Level(root, ROOT, "The manifest", notes)
    level.require()
    found = {key: notes.attempt(sources.read, key, node, notes) for key, node in level.each("sources")}
    kept: list[TargetUse] = []
    uses: list[SourceUse] = [use for use in found.values() if use is not None]
    for key, node in level.each("targets"):
        read_ = notes.attempt(targets.read, key, node, found, notes)
        if read_ is not None:
            kept += read_[0]
            uses += [read_[1]] if read_[1] else []
    for each in ("id", "pipelineid", "version"):
        level.label(each)
    return Manifest(
        id=asked.name,
        path=asked.path,
        name=level.label("name", files.stem(asked.path).upper()),
        line=max(1, level.line - asked.before),
        sources=tuple(replace(use, line=max(1, use.line - asked.before)) for use in uses),
        targets=tuple(replace(target, line=max(1, target.line - asked.before)) for target in kept),
        policy=notes.attempt(policy.read, level, len(uses)) or NO_POLICY,
    )
