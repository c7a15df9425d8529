"""What a manifest decides about one value, comparable between two commits of the repository."""

from __future__ import annotations

from contextlib import suppress

from profile_cd.errors import ProfileError
from profile_cd.fields import Table
from profile_cd.manifest import template
from profile_cd.manifest import yaml as manifest_yaml
from profile_cd.manifest.fields import FILTER, OLD_TRANSFORMERS, ROOT, TARGET, YAML_TARGET
from profile_cd.manifest.files import closed
from profile_cd.manifest.targets import place
from profile_cd.manifest.yaml import Node
from profile_cd.sources import KINDS
from profile_cd.transformers import ORDER

Plain = str | tuple[object, ...]

_DEFAULT_PATTERNS = {"latest": "latest", "semver": "*", "regex": ".*", "pep440": "*"}
_NOTHING = Node("nothing", 0)


def meaning(text: str, path: str, file: str, key: str, partials: str = "") -> object | None:
    """Source, filter, transformers and target of the value at *key* in *file*, without name, credentials and lines.

    Templates stand for themselves. Two meanings are equal where the manifests decide alike. None where the text
    (at *path*, behind its *partials*) cannot be read, or does not own the value.
    """
    del path
    try:
        wanted = place(file, key)
    except ProfileError:
        return None
    for document in manifest_yaml.split(closed(partials) + text):
        try:
            root = manifest_yaml.compose(document, template.fill(document.text, None))
        except ProfileError:
            continue
        found = _of_document(root, wanted) if root else None
        if found is not None:
            return found
    return None


def _of_document(root: Node, wanted: object) -> object | None:
    top = _known(root, ROOT)
    sources = top.get("sources", _NOTHING).fields
    for node in top.get("targets", _NOTHING).fields.values():
        target = _known(node, TARGET)
        spec = _known(target.get("spec", _NOTHING), YAML_TARGET, caseless=True)
        if wanted not in _places(spec):
            continue
        source = sources.get(_source_id(target, spec, list(sources)), _NOTHING)
        source_fields = _known(source, TARGET)
        steps = (*_steps(source_fields), *_around(target, spec))
        rest = {name: plain(spec[name]) for name in spec.keys() - {"engine", "file", "files", "key", "keys"}}
        return (*_source(source_fields), steps, (wanted, _sorted(rest)))
    return None


def _known(node: Node, table: Table, *, caseless: bool = False) -> dict[str, Node]:
    """The fields of *node* that have an effect, under their present names."""
    old = {spelling: name for name, each in table.items() for spelling in each.old}
    named = {old.get(key, key.lower() if caseless else key): value for key, value in node.fields.items()}
    return {
        name: value
        for name, value in named.items()
        if name in table and not table[name].ignored and not table[name].secret and plain(value) not in ("", ())
    }


def _places(spec: dict[str, Node]) -> list[object]:
    files = [spec["file"]] if "file" in spec else spec.get("files", _NOTHING).items
    keys = [spec["key"]] if "key" in spec else spec.get("keys", _NOTHING).items
    found: list[object] = []
    for file in files:
        for key in keys:
            with suppress(ProfileError):
                found.append(place(file.text, key.text))
    return found


def _source_id(target: dict[str, Node], spec: dict[str, Node], sources: list[str]) -> str:
    asked = [value.source for value in spec.get("value", _NOTHING).values if value.source]
    only = sources[0] if len(sources) == 1 else ""
    return next(iter(asked), target["sourceid"].text if "sourceid" in target else only)


def _around(target: dict[str, Node], spec: dict[str, Node]) -> tuple[object, ...]:
    """What the target itself does to the version; a *value* that is a source and no more goes out of *spec*."""
    if "value" not in spec:
        return _steps(target)
    if not any(value.source for value in spec["value"].values):
        return ()
    parts = spec.pop("value").parts
    around = (("addprefix", parts[0]), ("addsuffix", parts[-1]))
    return tuple((name, text) for name, text in around if text)


def _source(source: dict[str, Node]) -> tuple[object, object, object]:
    """Kind, spec and filter."""
    kind = source.get("kind", _NOTHING).text.lower()
    spec = _known(source.get("spec", _NOTHING), KINDS[kind].fields if kind in KINDS else {}, caseless=True)
    written = spec.pop("versionfilter", _NOTHING)
    single = spec.pop("architecture", None)
    details = {name: plain(node) for name, node in spec.items()}
    if single:
        details["architectures"] = (single.text,)
    if written.kind == "mapping":
        condition = {name: plain(node) for name, node in _known(written, FILTER, caseless=True).items()}
    else:
        condition = {"kind": "semver", "pattern": written.text} if written.text else {}
    condition.setdefault("kind", KINDS[kind].default_filter if kind in KINDS else "latest")
    condition.setdefault("pattern", _DEFAULT_PATTERNS.get(str(condition["kind"]), ""))
    return kind, _sorted(details), _sorted(condition)


def _steps(fields: dict[str, Node]) -> tuple[object, ...]:
    old = {spelling: name for name, spelling in OLD_TRANSFORMERS.items()}
    found: list[object] = []
    for item in fields.get("transformers", _NOTHING).items:
        named = {old.get(name, name): plain(node) for name, node in item.fields.items()}
        ordered = sorted(named, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
        found += [(name, named[name]) for name in ordered if named[name] not in ("", ())]
    return tuple(found)


def plain(node: Node) -> Plain:
    """The value of *node*, comparable; what is as good as not there is empty."""
    if node.kind == "list":
        return tuple(plain(each) for each in node.items)
    if node.kind == "mapping":
        return _sorted({name.lower(): plain(each) for name, each in node.fields.items()})
    unset = node.kind == "nothing" or (node.kind == "flag" and node.text.lower() == "false")
    return "" if unset and not node.values else node.text


def _sorted(fields: dict[str, Plain]) -> tuple[tuple[str, Plain], ...]:
    return tuple(sorted((pair for pair in fields.items() if pair[1] not in ("", ())), key=lambda pair: pair[0]))
