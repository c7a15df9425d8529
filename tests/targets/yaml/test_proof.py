"""No edit passes that changes anything but the addressed value, or whose value would not read as text."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import proof as yaml_proof
from profile_cd.targets.yaml import tree as yaml_tree


def prove(before, after, value):
    """The addressed scalar is the one that reads v1."""
    (end,) = (node.end for node in yaml_tree.scalars(before) if node.value == "v1")
    yaml_proof.prove(before, after, {end: value})


@pytest.mark.parametrize(
    ("label", "before", "after"),
    [
        ("plain", "a: v1\nb: 1\n", "a: v2\nb: 1\n"),
        ("another length", "a: v1 # why\nb: 1\n", "a: 'v2'      \n".replace("      \n", " # why\nb: 1\n")),
        ("behind an anchor", "a: &x v1\nb: *x\n", "a: &x v2\nb: *x\n"),
        ("behind a BOM", "\ufeffa: v1\n", "\ufeffa: v2\n"),
        ("before a tab and a comment", "a: v1\t# why\n", "a: v2\t# why\n"),
        ("Windows' line ends", "a: v1\r\nb: 1\r\n", "a: v2\r\nb: 1\r\n"),
        ("between brackets", "a: [v1, x]", "a: [v2, x]"),
        ("tagged as text", "a: !!str v1\n", "a: !!str v2\n"),
    ],
)
def test_an_edit_of_the_value_alone_passes(label, before, after):
    prove(before, after, "v2")


@pytest.mark.parametrize(
    ("label", "after", "words"),
    [
        ("another value changed", "a: v2 # why\nb: 2\n", "something else than the addressed value"),
        ("a comment is gone", "a: v2\nb: 1\n", "characters beside the value would change"),
        ("a blank more", "a:  v2 # why\nb: 1\n", "characters beside the value would change"),
        ("a line is gone", "a: v2 # why\n", "read differently elsewhere"),
        ("a key more", "a: v2 # why\nb: 1\nc: 1\n", "read differently elsewhere"),
        ("an anchor more", "a: &x v2 # why\nb: 1\n", "would not read back as it was written"),
        ("a tag more", "a: !x v2 # why\nb: 1\n", "would not read back as it was written"),
        ("another value", "a: v3 # why\nb: 1\n", "would not read back as it was written"),
        ("a key is renamed", "c: v2 # why\nb: 1\n", "something else than the addressed value"),
    ],
)
def test_an_edit_of_anything_else_is_refused(label, after, words):
    with pytest.raises(EditRefused, match=words):
        prove("a: v1 # why\nb: 1\n", after, "v2")


@pytest.mark.parametrize("value", ["1.30", "true", "0o14", "null", "2024-01-01", "yes", "012"])
def test_a_plain_value_that_some_reader_takes_for_something_else_is_refused(value):
    with pytest.raises(EditRefused, match="would not read back as text"):
        prove("a: v1\n", f"a: {value}\n", value)
    prove("a: v1\n", f'a: "{value}"\n', value)


def test_a_value_that_one_parser_only_takes_is_refused():
    with pytest.raises(EditRefused, match="not valid YAML"):
        prove("a: v1\n", "a: @v2\n", "@v2")
