"""No edit passes that changes anything but the addressed value, or whose value would not read as text."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import proof
from profile_cd.targets.yaml.prune import Splice
from profile_cd.targets.yaml.tree import descendants, documents


def prove(before, spelled, value="v2"):
    """The scalar that reads v1 becomes *spelled*, which is meant to be *value*."""
    roots = documents(before)
    (node,) = (node for root in roots for node in descendants(root) if node.value == "v1")
    return proof.prove(before, roots, [Splice(node.start, node.end, spelled, value)])


@pytest.mark.parametrize(
    ("label", "before", "spelled", "after"),
    [
        ("plain", "a: v1\nb: 1\n", "v2", "a: v2\nb: 1\n"),
        ("in quotes", "a: 'v1' # why\nb: 1\n", "'v2'", "a: 'v2' # why\nb: 1\n"),
        ("longer", "a: v1 # why\nb: 1\n", '"v2"', 'a: "v2" # why\nb: 1\n'),
        ("behind an anchor", "a: &x v1\nb: *x\n", "v2", "a: &x v2\nb: *x\n"),
        ("behind a BOM", "\ufeffa: v1\n", "v2", "\ufeffa: v2\n"),
        ("before a tab and a comment", "a: v1\t# why\n", "v2", "a: v2\t# why\n"),
        ("Windows' line ends", "a: v1\r\nb: 1\r\n", "v2", "a: v2\r\nb: 1\r\n"),
        ("between brackets", "a: [v1, x]", "v2", "a: [v2, x]"),
        ("tagged as text", "a: !!str v1\n", "v2", "a: !!str v2\n"),
    ],
)
def test_an_edit_of_the_value_alone_passes(label, before, spelled, after):
    assert prove(before, spelled) == after, label


@pytest.mark.parametrize(
    ("label", "spelled", "words"),
    [
        ("another value", "v3", "would not read back as it was written"),
        ("an anchor more", "&x v2", "would not read back as it was written"),
        ("a tag more", "!x v2", "would not read back as it was written"),
        ("no value", "", "would not read back as it was written"),
        ("a comment more", "v2 #", "characters beside the value would change"),
        ("blanks more", "v2  ", "characters beside the value would change"),
        ("a key more", "v2\nc: 1", "characters beside the value would change"),
        ("a list", "[v2]", "would not read back as it was written|read differently"),
        ("a line that goes on", "v2\n  more", "would not read back as it was written"),
    ],
)
def test_an_edit_of_anything_else_is_refused(label, spelled, words):
    with pytest.raises(EditRefused, match=words):
        prove("a: v1 # why\nb: 1\n", spelled)


@pytest.mark.parametrize("value", ["1.30", "true", "0o14", "null", "2024-01-01", "yes", "012"])
def test_a_plain_value_that_some_reader_takes_for_something_else_is_refused(value):
    with pytest.raises(EditRefused, match="would not read back as text"):
        prove("a: v1\n", value, value)

    assert prove("a: v1\n", f'"{value}"', value) == f'a: "{value}"\n'


@pytest.mark.parametrize("spelled", ["@v2", "'v2"])
def test_what_would_be_no_yaml_any_more_is_refused_at_its_line(spelled):
    with pytest.raises(EditRefused, match=r"not valid YAML: line [23]"):
        prove("b: 1\na: v1\n", spelled, spelled)


def test_several_edits_move_each_other_and_nothing_else():
    before = "a: v1\nb: [x, v1]\nc: v1\n"
    roots = documents(before)
    nodes = [node for root in roots for node in descendants(root) if node.value == "v1"]
    splices = [Splice(node.start, node.end, f"'new{n}'", f"new{n}") for n, node in enumerate(nodes)]

    assert proof.prove(before, roots, splices) == "a: 'new0'\nb: [x, 'new1']\nc: 'new2'\n"
    with pytest.raises(EditRefused, match="characters beside"):
        proof.prove(before, roots, [splices[0], Splice(nodes[1].start, nodes[1].end, "new1 ", "new1")])


def test_a_value_is_proved_in_a_text_of_which_a_slow_reader_sees_a_part_only():
    before = "a: 0\n" + "".join(f"k{n}: {{x: {n}}}\n" for n in range(50)) + "b: v1\nc: 1\nd: 1\n"

    assert prove(before, "v2") == before.replace("v1", "v2")
    with pytest.raises(EditRefused, match="would not read back as text"):
        prove(before, "0o14", "0o14")


def test_a_large_text_that_one_reader_cannot_read_around_a_value_is_not_read_whole():
    before = "a: v1\x85b: 1\n" + "".join(f"key{n}: value{n}\n" for n in range(25_000))

    with pytest.raises(EditRefused, match=r"a reader of YAML 1\.2 cannot read what stands around the value"):
        prove(before, "v2")
