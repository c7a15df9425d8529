"""Edits of one value, byte for byte, against recorded expectations."""

import json

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml
from tests.paths import DATA

VECTORS = DATA / "yaml-edit-vectors.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8")) if VECTORS.is_file() else []

if not CASES:
    pytest.skip(f"{VECTORS} is not here", allow_module_level=True)


@pytest.mark.parametrize("case", [c for c in CASES if c["expected_bytewise"] is not None], ids=lambda c: c["name"])
def test_exactly_the_bytes_of_the_addressed_value_change(case):
    try:
        after = yaml.write(case["in"], case["key"], case["value"])
    except EditRefused:
        assert case.get("refusal_is_fine")
        return

    assert after.encode() == case["expected_bytewise"].encode()


WORDS = {
    "null->str": "empty value",
    "alias val": "an alias (`*x`), which has no value of its own; the value stands at `$.a`",
    "merge lookup": "through an alias or a merge (`<<`), and those are not followed; the value stands at `$.d.tag`",
    "missing deep": "matches nothing: `$.a` is there, a scalar, with nothing below it",
    "set literal": "a block scalar (|)",
    "dup keys": "`a` is there twice in one mapping",
    "comment only file": "the file is empty or holds only comments",
    "empty file": "the file is empty or holds only comments",
    "dot bracket": "Write it without the dot: `$.t.config_files['rules_response__default.json']`",
    "dotted quoted goccy style": "Write `$.t['a.b']`",
    "property name": "addresses the name of an entry, not a value",
}


@pytest.mark.parametrize("case", [c for c in CASES if c["expected_bytewise"] is None], ids=lambda c: c["name"])
def test_what_is_no_well_defined_edit_is_refused_with_its_reason(case):
    with pytest.raises(EditRefused) as refused:
        yaml.write(case["in"], case["key"], case["value"])

    assert WORDS[case["name"]] in str(refused.value)
