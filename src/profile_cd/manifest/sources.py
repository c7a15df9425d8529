"""Sources of a manifest: from its entries to the specs that are asked, and the conditions on their versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from profile_cd import transformers, versions
from profile_cd.errors import ProfileError, Unreadable
from profile_cd.manifest.fields import EXCLUSION, FILTER, OLD_TRANSFORMERS, OTHER_KINDS, REPLACEALL, SOURCE
from profile_cd.manifest.level import Level
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.scalar import at_line
from profile_cd.manifest.scalar import text as text_of
from profile_cd.manifest.stand_in import stand_in
from profile_cd.manifest.yaml import Node
from profile_cd.model import Condition, SourceUse, Transformer
from profile_cd.neutral import line as shown
from profile_cd.sources import KINDS
from profile_cd.versions import Exclusion


def read(name: str, node: Node, notes: Notes) -> SourceUse | None:
    """The source *name*; None where something in it is wrong, which is noted. Raises Unreadable where nothing is read.

    Each part of it is read for itself, so that an author reads everything at once.
    """
    failed = len(notes.failures)
    level = Level(node, SOURCE, f"The source `{shown(name, 80)}`", notes)
    kind = KINDS[kind_of(level, KINDS, "source")]
    level.require()
    spec = level.below("spec", kind.fields, caseless=True)
    notes.attempt(spec.require)
    source = notes.attempt(kind.read, spec) if len(notes.failures) == failed else None
    condition = notes.attempt(_condition, spec, kind.default_filter)
    steps_ = notes.attempt(steps, level)
    if source is None or condition is None or steps_ is None or len(notes.failures) > failed:
        return None
    try:
        for reason in kind.check(source, condition):
            spec.warn("versionfilter", reason)
    except ProfileError as error:
        raise at_line(error, spec.at("versionfilter")) from error
    return SourceUse(name, level.line, source, condition, steps_)


def kind_of(level: Level, known: Mapping[str, object], what: str) -> str:
    """The kind, in lower case. Raises Unreadable, by name, for one that is not supported."""
    if not level.has("kind"):
        level.require()
    written = level.word("kind")
    kind = written.lower()
    if kind != written:
        level.warn("kind", f"`{shown(written, 80)}` is read as `{shown(kind, 80)}`. Write it in lower case.")
    if kind in known:
        return kind
    meant = get_close_matches(kind, known, 1)
    supported = ", ".join(f"`{each}`" for each in known)
    verb = "is not supported as a" if kind in OTHER_KINDS or kind in KINDS else "is no known kind of"
    raise Unreadable(
        f"`kind: {shown(kind, 80)}` {verb} {what}.",
        line=level.at("kind"),
        probably=f"Perhaps `{meant[0]}` was meant." if meant else "",
        now=f"Supported {'are' if len(known) > 1 else 'is'} {supported}.",
    )


def steps(level: Level) -> tuple[Transformer, ...]:
    """The transformers of a source or a target."""
    node = level.node("transformers")
    if node.kind == "nothing":
        return ()
    if node.kind != "list":
        raise Unreadable("`transformers` is no list.", line=node.line, now="Write each behind a `- `.")
    return tuple(step for item in node.items for step in _steps(item, level.notes))


def _steps(item: Node, notes: Notes) -> tuple[Transformer, ...]:
    if item.kind != "mapping":
        raise Unreadable("A transformer is no mapping.", line=item.line, now="Write it like `- trimprefix: v`.")
    old = {spelling: name for name, spelling in OLD_TRANSFORMERS.items()}
    for written, node in item.fields.items():
        if written in old:
            notes.warn(node.line, f"`{written}` is an earlier spelling. Write `{old[written]}`.")
    unset: set[str] = set()
    plain = {old.get(name, name): argument(node, name, unset) for name, node in item.fields.items()}
    try:
        found = transformers.read(plain)
    except ProfileError as error:
        raise at_line(error, item.line, unset=frozenset(unset)) from error
    if unset:
        notes.unset.append((item.line, frozenset(unset)))
    return found


def argument(node: Node, name: str, unset: set[str]) -> object:
    """A transformer's argument as plain values; every scalar is a text, as the manifest spells it.

    *unset* grows by the variables that nobody knows here.
    """
    if node.kind == "list":
        return [argument(each, name, unset) for each in node.items]
    if node.kind == "mapping":
        return {key.lower(): argument(each, key, unset) for key, each in node.fields.items()}
    if node.kind == "nothing" and not node.values:
        return None
    unset |= node.unset
    written = text_of(node, f"`{name}`", strict=False)
    return stand_in(name.lower(), written) if node.unset else written


def _condition(spec: Level, default: str) -> Condition:
    node = spec.node("versionfilter")
    if node.kind == "text":
        pattern = spec.text("versionfilter")
        return _checked(lambda: Condition("semver", pattern), spec, "versionfilter")
    level = spec.below("versionfilter", FILTER)
    replace = level.below("replaceall", REPLACEALL) if level.has("replaceall") else None
    kind = level.word("kind", default)
    pattern, strict, regex = level.text("pattern"), level.flag("strict"), level.text("regex")
    replaceall = (replace.text("pattern"), replace.text("replacement")) if replace else None
    track, exclude = level.text("track"), _exclusions(level)
    fields = ("pattern", "regex", "kind") if kind in versions.KINDS else ("kind",)
    at = next((each for each in fields if level.has(each)), "")
    return _checked(lambda: Condition(kind, pattern, strict, regex, replaceall, track, exclude), level, at)


def _exclusions(level: Level) -> tuple[Exclusion, ...]:
    node = level.node("exclude")
    if node.kind not in ("list", "nothing"):
        raise Unreadable("`exclude` is no list.", line=node.line, now="Write `- {version: …, reason: …}` for each.")
    entries = [Level(item, EXCLUSION, "An entry of `exclude`", level.notes) for item in node.items]
    for each in entries:
        each.require()
    return tuple(Exclusion(each.text("version"), each.text("reason")) for each in entries)


def _checked(made: Callable[[], Condition], level: Level, at: str) -> Condition:
    try:
        condition = made()
    except ProfileError as error:
        raise at_line(error, level.at(at)) from error
    for reason in versions.check(condition):
        level.warn(at, reason)
    return condition
