"""What a path finds: like is compared with like, nothing is found twice, and aliases stay unfollowed."""

import pytest

from profile_cd.targets.yaml import path as yaml_path
from profile_cd.targets.yaml import tree as yaml_tree
from profile_cd.targets.yaml.match import find
from profile_cd.targets.yaml.place import followed


def found(text, key, **how):
    (root,) = yaml_tree.documents(text)
    return [match.node.value for match in find(root, yaml_path.parse(key), **how)]


@pytest.mark.parametrize(
    ("value", "condition", "holds"),
    [
        ("2", "@.v == 2", True),
        ("2", "@.v == 2.0", True),
        ("0x10", "@.v == 16", True),
        ("1_000", "@.v == 1000", True),
        ("'2'", "@.v == 2", False),
        ("'2'", "@.v != 2", True),
        ("2", "@.v == '2'", False),
        ("10", "@.v > 9", True),
        ("'10'", "@.v > '9'", False),
        ("!!str 2", "@.v == '2'", True),
        ("!!int '2'", "@.v == 2", True),
        ("!vault 2", "@.v == 2", False),
        (".nan", "@.v == @.v", False),
        ("yes", "@.v == 'yes'", True),
        ("True", "@.v == true", True),
        ("true", "@.v >= true", True),
        ("true", "@.v > false", False),
        ("~", "@.v == null", True),
        ("", "@.v == null", True),
        ("{a: 1}", "@.v != 'x'", True),
        ("{a: 1}", "@.v == 'x'", False),
        ("v1.2", r"@.v =~ /^v\d/", True),
        ("12", r"@.v =~ /1/", False),
        ("x", "@.gone == 'x'", False),
        ("x", "@.gone != 'x'", False),
        ("x", "!(@.gone == 'x')", True),
        ("x", "true", True),
        ("x", "false", False),
        ("x", "'text'", False),
        ("[1, 1]", "@.v[*] == 1", True),
        ("[1, 2]", "@.v[*] == 1", False),
        ("[1, 2]", "@.v[*] >= 1", True),
    ],
)
def test_a_filter_takes_what_its_comparison_holds_of_for_every_value_and_one_at_least(value, condition, holds):
    assert found(f"- {{v: {value} , name: it}}", f"$[?({condition})].name") == (["it"] if holds else [])


def test_a_filter_over_a_mapping_takes_the_mapping():
    assert found("a: {on: true, tag: v1}\nb: {tag: v2}", "$.a[?(@.on == true)].tag") == ["v1"]
    assert found("a: {on: true, tag: v1}\nb: {tag: v2}", "$.b[?(@.on == true)].tag") == []


def test_a_filter_may_compare_with_the_root():
    assert found("want: b\nitems: [{n: a, v: 1}, {n: b, v: 2}]", "$.items[?(@.n == $.want)].v") == ["2"]


@pytest.mark.parametrize("key", ["$.a[0, 0]", "$.a[0, -2]", "$..a[0]", "$['a', 'a'][0]"])
def test_nothing_is_found_twice(key):
    assert found("a: [x, y]", key) == ["x"]


def test_an_alias_is_found_as_itself_unless_a_reader_s_view_is_asked_for():
    text = "base: &b {tag: v1}\ncopy: *b\nmerged: {<<: *b, other: 1}\n"

    assert found(text, "$.copy.tag") == []
    assert found(text, "$.copy.tag", view=followed) == ["v1"]
    assert found(text, "$.merged.tag", view=followed) == ["v1"]


def test_the_trail_leads_from_the_root_to_the_node():
    (root,) = yaml_tree.documents("a: {b: [x]}")

    (match,) = find(root, yaml_path.parse("$.a.b[0]"))

    assert [(parent.kind, at) for parent, at in match.trail] == [("mapping", 1), ("mapping", 1), ("sequence", 0)]
    parent, at = match.trail[-1]
    assert parent.children[at] is match.node
