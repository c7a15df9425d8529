"""JSON from outside is read as far as a run can bear it."""

import json

import pytest

from profile_cd.bounded_json import MOST_PARTS, NoJson, loads


@pytest.mark.parametrize("value", [{"tags": ["v1", "ü"]}, [], None, 1.5, "a,b[c{", {"a": [1, [2]]}])
def test_what_json_says_is_read(value):
    assert loads(json.dumps(value)) == value
    assert loads(json.dumps(value).encode()) == value


def test_a_byte_order_mark_is_no_fault():
    assert loads(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"[" + b"[]," * MOST_PARTS + b"1]", "more than 300,000 parts"),
        (b'[{"a":1}' + b',{"a":1}' * MOST_PARTS + b"]", "more than 300,000 parts"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"<html>", "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"1" * 5000, "not JSON"),
        ("[\n1,\n}", r"not JSON: .* \(line 3, column 1\)"),
    ],
)
def test_what_cannot_be_borne_is_said(text, why):
    with pytest.raises(NoJson, match=why):
        loads(text)


@pytest.mark.parametrize("half", [r"\ud800", r"\udfff", r"\uDFFF\uD800", r"a\udbffb"])
def test_half_a_pair_does_not_come_in(half):
    found = loads(f'{{"tags": ["{half}"], "{half}": 1}}')

    json.dumps(found, ensure_ascii=False).encode()


def test_a_whole_pair_stays():
    assert loads(r'"\ud83d\ude00"') == "\U0001f600"
