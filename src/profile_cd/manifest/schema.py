"""The JSON Schema of a manifest, for editors, made from the tables that the reader follows."""

from __future__ import annotations

import json
from typing import TypeAlias

from profile_cd.fields import Field, Table
from profile_cd.manifest.fields import FILTER, OLD_TRANSFORMERS, ROOT, SOURCE, TARGET, TRANSFORMERS, YAML_TARGET
from profile_cd.sources import KINDS

Schema: TypeAlias = dict[str, object]

ADDRESS = "https://raw.githubusercontent.com/infitx-org/profile-cd-action/main/docs/manifest.schema.json"
_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    "flag": {"type": "boolean"},
    "number": {"type": "integer", "minimum": 0},
    "mapping": {"type": "object"},
    "list": {"type": "array"},
    "filter": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/versionfilter"}]},
}
_PAIR: Schema = {
    "type": "object",
    "properties": {"from": {"type": "string"}, "to": {"type": "string"}},
    "required": ["from"],
    "additionalProperties": False,
}
_ARGUMENTS: dict[str, Schema] = {
    "replacers": {"type": "array", "items": _PAIR},
    "replacer": _PAIR,
    "findsubmatch": {
        "type": "object",
        "properties": {
            "pattern": {"type": "string"},
            "captureindex": {"type": "integer", "minimum": 0},
            "capturepattern": {"type": "string"},
        },
        "required": ["pattern"],
        "additionalProperties": False,
    },
    "quote": {"type": "boolean"},
    "unquote": {"type": "boolean"},
}


def schema() -> Schema:
    """The whole schema, of draft 2020-12. It is stricter than the reader: what is only warned of is not in it."""
    tables = {name: kind.fields for name, kind in KINDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "title": "Manifest of profile-cd",
        "description": "Which values of a repository are kept up to date, and from where.",
        **_level(ROOT),
        "patternProperties": {"^x-": {}},
        "$defs": {
            "source": _by_kind(SOURCE, tuple(KINDS)),
            "target": _by_kind(TARGET, ("yaml",)),
            **{kind: {**_level(table), **_rules(table)} for kind, table in tables.items()},
            "yaml": {**_level(YAML_TARGET), "allOf": [_either("file", "files"), _either("key", "keys")]},
            "versionfilter": _level(FILTER),
            **{name: _level(table) for name, table in _below(ROOT, FILTER, *tables.values())},
            "transformers": {"type": "array", "items": _transformer()},
        },
    }


def rendered() -> str:
    """The schema as the text of `docs/manifest.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _level(table: Table) -> Schema:
    properties: Schema = {}
    for name, field in table.items():
        if field.refused or field.ignored:
            continue
        properties[name] = _field(name, field)
        properties |= {old: {**_field(name, field), "deprecated": True} for old in field.old}
    required = [name for name, field in table.items() if field.required]
    level: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**level, "required": required} if required else level


def _field(name: str, field: Field) -> Schema:
    described: Schema = {"description": field.says}
    if name in ("sources", "targets"):
        return {**described, "type": "object", "additionalProperties": {"$ref": f"#/$defs/{name[:-1]}"}}
    if field.below is not None and field.type == "list":
        return {**described, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    if field.below is not None or name == "transformers":
        return {**described, "$ref": f"#/$defs/{name}"}
    return {**described, **({"enum": list(field.choices)} if field.choices else _TYPES[field.type])}


def _below(*tables: Table) -> list[tuple[str, Table]]:
    """Each table below one of *tables*, however deep, by the name of its key."""
    here = [(name, field.below) for table in tables for name, field in table.items() if field.below is not None]
    return [*here, *(_below(*(table for _, table in here)) if here else [])]


def _by_kind(table: Table, kinds: tuple[str, ...]) -> Schema:
    level = _level(table)
    properties = level["properties"]
    assert isinstance(properties, dict)  # noqa: S101 - as `_level` made it
    properties["kind"] = {"description": table["kind"].says, "enum": list(kinds)}
    return {
        **level,
        "required": ["kind", "spec"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"properties": {"spec": {"$ref": f"#/$defs/{kind}"}}},
            }
            for kind in kinds
        ],
    }


def _rules(table: Table) -> Schema:
    rules: Schema = {}
    if "password" in table:
        rules["dependentRequired"] = {"username": ["password"], "password": ["username"]}
        rules["not"] = {"required": ["token", "password"]}
    if "architectures" in table:
        rules["allOf"] = [{"not": {"required": ["architecture", "architectures"]}}]
    if "url" in table and "owner" in table and not table["owner"].required:
        rules["oneOf"] = [{"required": ["url"]}, {"required": ["owner", "repository"]}]
    return rules


def _either(one: str, other: str) -> Schema:
    return {"oneOf": [{"required": [one]}, {"required": [other]}]}


def _transformer() -> Schema:
    properties: Schema = {}
    for name, says in TRANSFORMERS.items():
        properties[name] = {"description": says, **_ARGUMENTS.get(name, {"type": "string"})}
    properties |= {old: {"deprecated": True} for old in OLD_TRANSFORMERS.values()}
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
