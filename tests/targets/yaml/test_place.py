"""Where a value stands, and what a reader sees through aliases and merges."""

import pytest

from profile_cd.targets.yaml import tree as yaml_tree
from profile_cd.targets.yaml.place import followed, target, where


def value(node, name):
    return next(node.children[at + 1] for at, key in node.names() if key.value == name)


def seen(node):
    return {key.value: node.children[at + 1].value for at, key in node.names() if key.value != "<<"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: {b: HERE}", "$.a.b"),
        ("a: [x, {b: HERE}]", "$.a[1].b"),
        ("a.b: {c d: HERE}", "$['a.b']['c d']"),
        ("- - HERE", "$[0][0]"),
        ("HERE", "$"),
        ("it's: HERE", r"$['it\'s']"),
    ],
)
def test_a_place_is_written_as_a_key_that_leads_there(text, path):
    roots = yaml_tree.documents(text)
    node = next(each for root in roots for each in yaml_tree.descendants(root) if each.value == "HERE")

    assert where(roots, node) == path


def test_a_place_in_a_later_document_is_found():
    text = "a: 1\n---\nb: 2\n"
    roots = yaml_tree.documents(text)

    assert where(roots, value(roots[1], "b")) == "$.b"


def test_an_alias_stands_for_its_anchor_and_anything_else_for_itself():
    (root,) = yaml_tree.documents("a: &x v1\nb: *x\n")

    assert target(value(root, "b")) is value(root, "a")
    assert target(value(root, "a")) is value(root, "a")


@pytest.mark.parametrize(
    ("label", "merged", "what"),
    [
        ("own keys are stronger", "{<<: *one, a: own}", {"a": "own", "b": "1"}),
        ("wherever they stand", "{a: own, <<: *one}", {"a": "own", "b": "1"}),
        ("the first of several is stronger", "{<<: [*one, *two]}", {"a": "1", "b": "1", "c": "2"}),
        ("a quoted << is a key like any other", "{'<<': *one}", {}),
        ("merges of merges", "{<<: *three}", {"a": "1", "b": "1", "c": "3"}),
    ],
)
def test_a_mapping_has_what_is_merged_into_it(label, merged, what):
    text = f"- &one {{a: 1, b: 1}}\n- &two {{a: 2, c: 2}}\n- &three {{<<: *one, c: 3}}\n- {merged}\n"
    (root,) = yaml_tree.documents(text)

    assert seen(followed(root.children[3])) == what, label
