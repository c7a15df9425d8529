"""A manifest's text as nodes: types as updatecli's reader has them, and each value at its line."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.manifest import template
from profile_cd.manifest.template_actions import Variables
from profile_cd.manifest.yaml import DEEPEST, compose, split


def node(text):
    (document,) = split(text)
    return compose(document, template.fill(document.text, Variables()))


@pytest.mark.parametrize(
    ("scalar", "kind"),
    [
        ("x", "text"),
        ("1.2.3", "text"),
        ("'1'", "text"),
        ("1", "number"),
        ("1.30", "number"),
        ("0x1F", "number"),
        ("1_000", "number"),
        ("true", "flag"),
        ("False", "flag"),
        ("yes", "text"),
        ("on", "text"),
        ("~", "nothing"),
        ("null", "nothing"),
        ("", "nothing"),
        ("2024-01-01", "date"),
        ("[]", "list"),
        ("{}", "mapping"),
        ("!!str 1", "text"),
        ("!!int '1'", "number"),
        ("<<", "text"),
    ],
)
def test_a_value_is_what_go_yaml_takes_it_for(scalar, kind):
    assert node(f"a: {scalar}").fields["a"].kind == kind


def test_a_scalar_keeps_its_own_spelling():
    assert [node(f"a: {each}").fields["a"].text for each in ("1.30", "0x1F", "True", "~")] == [
        "1.30",
        "0x1F",
        "True",
        "~",
    ]


def test_each_value_is_at_the_line_of_its_key():
    root = node("# one\na: 1\nb:\n  - x\n  - y\nc:\n  d: >\n    z\n")
    b, c = root.fields["b"], root.fields["c"]

    assert (root.fields["a"].line, b.line, [each.line for each in b.items]) == (2, 3, [4, 5])
    assert (c.line, c.fields["d"].line, c.fields["d"].block) == (6, 7, True)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a: 1\n---\nb: 2\n", [("a: 1\n", 0), ("   \nb: 2\n", 1)]),
        ("---\na: 1\n...\n---\nb: 2\n", [("   \na: 1\n", 0), ("   \nb: 2\n", 3)]),
        ("--- a: 1\n", [("    a: 1\n", 0)]),
        ("# nothing\n---\n# at all\n", []),
        ("a: ---x\n", [("a: ---x\n", 0)]),
        ("", []),
    ],
)
def test_documents_are_cut_where_yaml_separates_them_and_know_what_stands_before(text, pieces):
    assert [(each.text, each.before) for each in split(text)] == pieces


def test_a_merge_gives_what_a_mapping_has_not_and_the_first_of_several_wins():
    root = node("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: own\n")

    assert {name: each.text for name, each in root.fields["z"].fields.items()} == {"a": "own", "b": "1", "c": "2"}


@pytest.mark.parametrize(
    ("label", "text", "line", "words"),
    [
        ("a key twice", "a: 1\nb: 2\na: 3\n", 3, "stands here a second time; it stood at line 1"),
        ("a key that is none", "? [a]\n: 1\n", 1, "A key must be a single word"),
        ("a tag of its own", "a: 1\nb: !ref x\n", 2, "`!ref` is a tag in YAML"),
        ("a merge of no mapping", "a: &a 1\nb:\n  <<: *a\n", 3, "`<<` can only merge mappings"),
        ("too deep", "a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), 1, "too deeply nested"),
        ("too deep for any stack", "a: " + "[" * 5000, 1, ""),
        ("no YAML", "a: b: c\n", 1, "cannot be read"),
    ],
)
def test_what_cannot_be_a_manifest_is_refused_at_its_line(label, text, line, words):
    with pytest.raises(Unreadable) as refused:
        node(text)

    assert refused.value.line == line, label
    assert words in str(refused.value), label


def test_aliases_upon_aliases_are_counted_as_often_as_they_are_read():
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

    with pytest.raises(Unreadable, match="too large"):
        node(text)
