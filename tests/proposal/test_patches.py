"""A merge of the base into our branch, compared with what our commit changed."""

import pytest

from profile_cd.proposal import brings_only

BEFORE = "a: 1\nx: 0\nb: 1\ny: 0\nc: 1\n"
OURS = (BEFORE, BEFORE.replace("a: 1", "a: 2"))
BASE = BEFORE.replace("c: 1", "c: 9") + "d: 1\n"


@pytest.mark.parametrize(
    ("label", "merged", "clean"),
    [
        ("a clean merge", BASE.replace("a: 1", "a: 2"), True),
        ("the base has it already", BASE, True),
        ("a person chose another value", BASE.replace("a: 1", "a: 3"), False),
        ("a person added a line", BASE.replace("a: 1", "a: 2") + "e: 1\n", False),
        ("a person changed another value", BASE.replace("a: 1", "a: 2").replace("b: 1", "b: 2"), False),
    ],
)
def test_whether_a_merge_is_only_a_merge(label, merged, clean):
    assert brings_only(OURS, (BASE, merged)) is clean, label
