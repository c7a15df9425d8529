"""Nodes know where in the text they stand, to the character."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import tree as yaml_tree


def everything(node):
    yield node
    for child in node.children:
        yield from everything(child)


def scalars(text):
    return [node for root in yaml_tree.documents(text) for node in everything(root) if node.kind == "scalar"]


def slices(text):
    return [text[node.start : node.end] for node in scalars(text)]


@pytest.mark.parametrize(
    ("label", "text", "spans"),
    [
        ("plain and quoted", "a: v1  # c\nb: 'v2'\nc: \"v3\"\n", ["a", "v1", "b", "'v2'", "c", '"v3"']),
        ("without anchor and tag", "a: &x !!str v1\nb: !t &y 'v2'\n", ["a", "v1", "b", "'v2'"]),
        ("an empty value", "a:\nb: 1\n", ["a", "", "b", "1"]),
        ("an empty value with an anchor", "a: &x\nb: 1\n", ["a", "", "b", "1"]),
        ("between brackets", "a: [v1, {b: v2}]", ["a", "v1", "b", "v2"]),
        ("behind a BOM", "\ufeffa: v1\n", ["a", "v1"]),
        ("Windows' line ends", "a: v1\r\nb: v2\r\n", ["a", "v1", "b", "v2"]),
        ("beyond the basic plane", "🚀: 🚀v1\n# 🚀\nb: v2\n", ["🚀", "🚀v1", "b", "v2"]),
        ("several documents", "a: 1\n---\nb: 2\n...\n---\nc: 3\n", ["a", "1", "b", "2", "c", "3"]),
    ],
)
def test_a_scalar_s_span_is_its_value_with_its_quotes(label, text, spans):
    assert slices(text) == spans, label


def test_lines_count_from_one_and_are_those_of_the_value():
    text = "# one\na: v1\nb: &x\n  v2\nc: [v3,\n  v4]\n"

    lines = {node.value: node.line for node in scalars(text)}

    assert {name: lines[name] for name in ("a", "v1", "v2", "v3", "v4")} == {"a": 2, "v1": 2, "v2": 4, "v3": 5, "v4": 6}


def test_a_node_knows_its_style_tag_anchor_and_whether_it_stands_between_brackets():
    (root,) = yaml_tree.documents("a: &x 'v1'\nb: !t v2\nc: {d: e}\n")
    a, b, c = root.children[1::2]

    assert (a.style, a.anchor, a.flow) == ("'", "x", False)
    assert (b.style, b.tag) == ("", "!t")
    assert (c.kind, c.flow, [each.flow for each in c.children]) == ("mapping", True, [True, True])


def test_an_alias_leads_to_the_last_anchor_of_its_name_before_it():
    (root,) = yaml_tree.documents("- &x one\n- *x\n- &x two\n- *x\n")

    assert [each.target.value for each in root.children[1::2]] == ["one", "two"]


def test_an_anchor_does_not_reach_into_the_next_document():
    with pytest.raises(EditRefused, match=r"line 3: the alias \*x has no anchor before it"):
        yaml_tree.documents("a: &x 1\n---\nb: *x\n")


def test_a_file_that_is_nested_without_end_is_refused_and_exhausts_nothing():
    assert yaml_tree.documents("[" * yaml_tree.DEEPEST + "]" * yaml_tree.DEEPEST)

    with pytest.raises(EditRefused, match="nested more than 200 levels deep"):
        yaml_tree.documents("[" * 500 + "]" * 500)


def test_every_value_below_comes_in_the_order_of_the_text_and_no_key():
    (root,) = yaml_tree.documents("a: {b: c}\nd: [e]\n")

    values = [node.value for node in yaml_tree.descendants(root) if node.kind == "scalar"]

    assert values == ["c", "e"]
