"""Cut GitHub's description of its REST interface down to what the sandbox answers; see sandbox/github/NOTICE.md."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.github.rest import routes

DESCRIPTION = Path(__file__).parents[1] / "sandbox" / "github" / "openapi.json.gz"
UNNEEDED = {
    "description", "example", "examples", "externalDocs", "operationId", "summary", "tags", "title", "x-github",
    "x-github-breaking-changes", "x-multi-segment", "deprecated",
}  # fmt: skip
NAMED = ("properties", "paths", "schemas", "parameters", "responses", "headers", "patternProperties")
"""Keys below which keys are names."""

LABEL = ("properties", "labels", "items", "properties", "description")
NULLABLE = (("schemas", "pull-request-simple", *LABEL), ("schemas", "pull-request", *LABEL))
"""Where GitHub answers null and describes none."""

RANGES = ("created",)
"""Parameters that are described as a moment, and take a range as in GitHub's search: `>=2026-01-01T00:00:00Z`."""


def main(paths: list[str]) -> int:
    """Write `openapi.json.gz` from the file named on the command line."""
    cut = pruned(json.loads(Path(paths[0]).read_text(encoding="utf-8")))
    text = json.dumps(cut, separators=(",", ":"), sort_keys=True)
    DESCRIPTION.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return 0


def pruned(whole: dict[str, Any]) -> dict[str, Any]:
    """*whole* without the operations that the sandbox does not have, and without words for people."""
    kept: dict[str, dict[str, Any]] = {}
    for key in routes.TABLE:
        method, _, path = key.partition(" ")
        template = _template(whole["paths"], path)
        operations = kept.setdefault(template, {})
        operations[method.lower()] = _bare(whole["paths"][template][method.lower()])
    components: dict[str, dict[str, Any]] = {}
    waiting = list(_references(kept))
    while waiting:
        kind, name = waiting.pop()
        if name not in components.setdefault(kind, {}):
            components[kind][name] = _bare(whole["components"][kind][name])
            waiting += _references(components[kind][name])
    for kind, name, *way in NULLABLE:
        schema = components[kind][name]
        for step in way:
            schema = schema[step]
        schema["nullable"] = True
    for name in RANGES:
        del components["parameters"][name]["schema"]["format"]
    servers = [{"url": "https://api.github.com"}]
    info = {"title": whole["info"]["title"], "version": whole["info"]["version"], "license": whole["info"]["license"]}
    return {"openapi": whole["openapi"], "info": info, "servers": servers, "paths": kept, "components": components}


def shape(path: str) -> str:
    """A path without the names of its variables."""
    return re.sub(r"\{\w+\}", "{}", path)


def _template(paths: dict[str, Any], path: str) -> str:
    found = [each for each in paths if shape(each) == shape(path)]
    if not found:
        raise SystemExit(f"GitHub describes no {path}")
    return found[0]


def _bare(value: Any, *, names: bool = False) -> Any:
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("nullable") is True and not names:
        value = {**value, **_null(value)}
    return {
        key: _bare(each, names=not names and key in NAMED and isinstance(each, dict))
        for key, each in value.items()
        if names or key not in UNNEEDED
    }


def _null(schema: dict[str, Any]) -> dict[str, Any]:
    """What allows null in a nullable schema to a validator of OpenAPI 3.0; GitHub's description leaves it out."""
    null = {"nullable": True, "enum": [None]}
    ways: dict[str, Any] = {key: [*schema[key], null] for key in ("anyOf", "oneOf") if key in schema}
    enum = {"enum": [*schema["enum"], None]} if "enum" in schema and None not in schema["enum"] else {}
    return {**ways, **enum}


def _references(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, dict):
        target = value.get("$ref")
        if isinstance(target, str):
            _, _, kind, name = target.split("/", 3)
            yield kind, name
        for each in value.values():
            yield from _references(each)
