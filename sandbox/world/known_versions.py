"""What the world has published: versions by source, read from a file, made up, or taken from a profile's files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sandbox.seen import Seen

TEMPLATE = re.compile(r"{{.*?}}")
VERSION = re.compile(r"(?P<core>\d+\.\d+)\.(?P<patch>\d+)")


Known = Mapping[str, tuple[Seen, ...]]
"""Versions in order of publication, by `dockerimage:NAME`, `helmchart:URL#NAME` or `githubrelease:OWNER/REPO`."""


def read(path: Path | None, until: str | None = None) -> dict[str, tuple[Seen, ...]]:
    """The versions in the file at *path* that had appeared by *until* (None: all); nothing without a file."""
    if path is None:
        return {}
    sources = json.loads(path.read_text(encoding="utf-8"))["sources"]
    return {
        name: tuple(
            Seen(entry["version"], entry["first_seen"])
            for entry in source["versions"]
            if until is None or entry["first_seen"] <= until
        )
        for name, source in sources.items()
    }


def filled(known: Known, in_use: Mapping[str, Iterable[str]]) -> dict[str, tuple[Seen, ...]]:
    """*known*, and whatever *in_use* has beyond it, published long ago, with some versions before each."""
    together = dict(known)
    for name, versions in in_use.items():
        have = {seen.version for seen in together.get(name, ())}
        made_up = [older for version in versions for older in _history(version) if older not in have]
        together[name] = (*map(Seen, dict.fromkeys(made_up)), *together.get(name, ()))
    return together


def in_use(profile: Path, folder: str = ".updatecli") -> dict[str, list[str]]:
    """Every source in the manifests of *profile*, with the versions that its files name today."""
    found: dict[str, list[str]] = {}
    for path in sorted((profile / folder).rglob("*.yaml")):
        for document in yaml.safe_load_all(TEMPLATE.sub("text", path.read_text(encoding="utf-8"))):
            for name, version in _uses(profile, document or {}):
                versions = found.setdefault(name, [])
                if version and version not in versions:
                    versions.append(version)
    return found


def _uses(profile: Path, manifest: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    sources = manifest.get("sources") or {}
    for target in (manifest.get("targets") or {}).values():
        identifier = target.get("sourceid") or next(iter(sources), "")
        source, spec = sources.get(identifier, {}), target.get("spec") or {}
        name = _name(source.get("kind", ""), source.get("spec") or {})
        if name:
            value = _value(profile / str(spec.get("file", "")), str(spec.get("key", "")))
            yield name, _undone(value, source.get("transformers") or [])


def _name(kind: str, spec: Mapping[str, Any]) -> str:
    names = {
        "dockerimage": f"{spec.get('image')}",
        "helmchart": f"{str(spec.get('url')).rstrip('/')}#{spec.get('name')}",
        "githubrelease": f"{spec.get('owner')}/{spec.get('repository')}",
    }
    return f"{kind}:{names[kind]}" if kind in names else ""


def _value(path: Path, key: str) -> str:
    """The text at a plain *key* (`$.a.b['c.d']`) of the file; empty where there is none."""
    if not path.is_file():
        return ""
    node: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # every scalar a text
    for quoted, plain in re.findall(r"\['([^']+)'\]|\.([^.\[\]]+)", key):
        node = node.get(quoted or plain) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _undone(value: str, transformers: Iterable[Mapping[str, Any]]) -> str:
    """The version from which *transformers* made *value*, as far as prefixes and suffixes go."""
    for step in reversed(list(transformers)):
        value = value.removeprefix(str(step.get("addprefix", ""))).removesuffix(str(step.get("addsuffix", "")))
        value = str(step.get("trimprefix", "")) + value if value else value
    return value


def _history(version: str, length: int = 20) -> list[str]:
    """Versions that may have come before *version*, oldest first, and itself."""
    found = VERSION.search(version)
    if not found:
        return [version]
    last = int(found["patch"])
    patches = range(max(0, last - length), last)
    head = version[: found.start()]
    return [*(f"{head}{found['core']}.{patch}" for patch in patches), version]
