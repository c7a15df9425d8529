"""A merge of the base into our branch, compared with what our commit changed."""

import time

import pytest

from profile_cd.proposal import brings_only
from profile_cd.proposal.patches import hunks

BEFORE = b"a: 1\nx: 0\nb: 1\ny: 0\nc: 1\n"
OURS = (BEFORE, BEFORE.replace(b"a: 1", b"a: 2"))
BASE = BEFORE.replace(b"c: 1", b"c: 9") + b"d: 1\n"


@pytest.mark.parametrize(
    ("label", "merged", "clean"),
    [
        ("a clean merge", BASE.replace(b"a: 1", b"a: 2"), True),
        ("the base has it already", BASE, True),
        ("a person chose another value", BASE.replace(b"a: 1", b"a: 3"), False),
        ("a person added a line", BASE.replace(b"a: 1", b"a: 2") + b"e: 1\n", False),
        ("a person took a line away", BASE.replace(b"a: 1", b"a: 2").replace(b"x: 0\n", b""), False),
        ("a person changed another value", BASE.replace(b"a: 1", b"a: 2").replace(b"b: 1", b"b: 2"), False),
    ],
)
def test_whether_a_merge_is_only_a_merge(label, merged, clean):
    assert brings_only(OURS, (BASE, merged)) is clean, label


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"a\nb\nc", b"a\nb\nc", []),
        (b"a\nb\nc", b"A\nb\nC", [((b"a",), (b"A",)), ((b"c",), (b"C",))]),
        (b"a\nb\nc", b"a\nB\nC", [((b"b", b"c"), (b"B", b"C"))]),
        (b"a\nb\nc", b"a\nc", [((b"b",), ())]),
        (b"a\nc", b"a\nb\nc", [((), (b"b",))]),
        (b"a\na", b"a\na\na", [((), (b"a",))]),
        (b"", b"a", [((b"",), (b"a",))]),
    ],
)
def test_a_run_of_lines_stands_for_another(before, after, expected):
    assert hunks(before, after) == expected


def test_the_lines_beside_belong_to_it_where_they_are_asked_for():
    assert hunks(b"a\nb\nc\nd", b"a\nB\nc\nd", near=1) == [((b"a", b"b", b"c"), (b"a", b"B", b"c"))]


def test_a_large_text_of_equal_lines_takes_no_time():
    before = b"# filler\n" * 200_000
    started = time.process_time()

    hunks(b"a: 1\n" + before, b"a: 2\n" + before)
    hunks(b"a: 1\n" + before, b"a: 2\n" + before + b"b: 1\n")

    assert time.process_time() - started < 2
