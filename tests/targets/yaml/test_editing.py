"""What an edit changes, what it does not, and what is refused."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml
from profile_cd.targets.yaml import Found

CHANGES = {
    "plain": ("a: v1\n", "$.a", "a: v2\n"),
    "single quotes": ("a: 'v1'\n", "$.a", "a: 'v2'\n"),
    "double quotes": ('a: "v1"\n', "$.a", 'a: "v2"\n'),
    "without the leading dollar": ("a:\n  b: v1\n", "a.b", "a:\n  b: v2\n"),
    "a null that is spelled out": ("a: ~ # none yet\n", "$.a", "a: v2 # none yet\n"),
    "an anchored value": ("a: &x v1\nb: *x\n", "$.a", "a: &x v2\nb: *x\n"),
    "an anchored and tagged value": ("a: &x !!str 'v1'\n", "$.a", "a: &x !!str 'v2'\n"),
    "tag before anchor": ("a: !!str &x v1\n", "$.a", "a: !!str &x v2\n"),
    "a value on its own line": ("a:\n    v1 # here\n", "$.a", "a:\n    v2 # here\n"),
    "a value over two lines": ("a: v1\n  or so\nb: 1\n", "$.a", "a: v2\nb: 1\n"),
    "an explicit key": ("? a\n: v1\n", "$.a", "? a\n: v2\n"),
    "JSON": ('{"a":{"b":"v1"}}', "$.a.b", '{"a":{"b":"v2"}}'),
    "JSON without blanks": ('{"a":v1,"b":2}', "$.a", '{"a":v2,"b":2}'),
    "a scalar alone": ("v1 # all\n", "$", "v2 # all\n"),
    "an item in place": ("l:\n- v1\n-   v1\n", "$.l[1]", "l:\n- v1\n-   v2\n"),
    "a tab before a comment": ("a: v1\t# tabbed\n", "$.a", "a: v2\t# tabbed\n"),
    "a single carriage return": ("a: v1\rb: 2\r", "$.a", "a: v2\rb: 2\r"),
    "behind other planes": ("😀: '𐍈'\na: v1\n", "$.a", "😀: '𐍈'\na: v2\n"),
    "behind a directive": ("%YAML 1.2\n---\na: v1\n...\n", "$.a", "%YAML 1.2\n---\na: v2\n...\n"),
}


@pytest.mark.parametrize(("before", "key", "after"), CHANGES.values(), ids=CHANGES)
def test_the_addressed_value_changes(before, key, after):
    assert yaml.write(before, key, "v2") == after


STAYS = {
    "comments": "# head\n\na: v1   # tail\n    # foot\n\n# end\n",
    "mixed line ends": "a: v1\r\nb: 2\nc: 3\r\n",
    "a byte order mark": "\ufeffb: 1\r\na: v1\r\n",
    "a missing final newline": "b: 1\na: v1",
    "trailing blanks": "a: v1   \nb:   2  \n",
    "blank lines": "\n\na: v1\n\n\nb: 2\n\n",
    "spacing in brackets": "a: v1\nb: [1,2,   3 ]\nc: {x: 1,y: 2}\n",
    "other spellings": "a: v1\nb: 0o14\nc: 1_000\nd: ~\ne: \"\\u00e9\"\nf: 'it''s'\n",
    "indentation": "b:\n      - 1\n      -   2\na: v1\n",
    "blocks": "b: |+\n    x\n\n\na: v1\nc: >-\n  y\n  z\n",
    "anchors, aliases and merges": "x: &x {y: 1}\na: v1\nb:\n  <<: *x\nc: *x\n",
    "document marks": "--- # first\na: v1\n---\nb: 2\n...\n",
    "long lines": "a: v1\nb: " + "word " * 60 + "end\n",
    "custom tags": "a: v1\nb: !vault |\n  0a1b\nc: !env X\n",
    "doubled keys elsewhere": "a: v1\nb: {c: 1, c: 2}\n",
    "tabs": "a: v1\nb: 'x\ty'\t# tab\t\nc: |\n  x\t\n",
}


@pytest.mark.parametrize("before", STAYS.values(), ids=STAYS)
def test_nothing_else_moves(before):
    assert yaml.write(before, "$.a", "v2") == before.replace("v1", "v2")


@pytest.mark.parametrize("before", ["a: v2\n", "a: 'v2'\r\n", '\ufeffa: "v\\u0032"'])
def test_a_value_that_stands_there_already_stays_as_it_is_spelled(before):
    assert yaml.write(before, "$.a", "v2") is before


def test_a_key_in_several_documents_is_written_in_all_of_them():
    assert yaml.write("a: v1\n---\nb: 0\n---\na: 'v1'\n", "$.a", "v2") == "a: v2\n---\nb: 0\n---\na: 'v2'\n"


def test_a_document_can_be_chosen_by_its_number_from_zero():
    text = "a: v1\n---\na: v1\n"

    assert yaml.write(text, "$.a", "v2", document=1) == "a: v1\n---\na: v2\n"
    assert yaml.read(text, "$.a", document=0) == [Found("v1", 1)]


@pytest.mark.parametrize("document", [-1, 2])
def test_a_document_that_is_not_there_is_refused(document):
    with pytest.raises(EditRefused, match="it holds 2, counted from 0"):
        yaml.read("a: 1\n---\na: 2\n", "$.a", document=document)


def test_values_are_read_as_text_with_their_lines():
    text = "\ufeff# x\r\na: 1.20\r\nb: [&x yes, 'it''s']\r\nc: \"\\u263a\"\r\n"

    assert yaml.read(text, "$.a") == [Found("1.20", 2)]
    assert yaml.read(text, "$.b[*]") == [Found("yes", 3), Found("it's", 3)]
    assert yaml.read(text, "$.c") == [Found("☺", 4)]


def test_several_edits_are_each_located_in_the_text_as_it_was():
    text = "l:\n- {n: one, v: v1}\n- {n: two, v: v1}\n"
    edits = [("$.l[?(@.n == 'one')].n", "two", None), ("$.l[?(@.n == 'one')].v", "v2", None)]

    assert yaml.write_all(text, edits) == "l:\n- {n: two, v: v2}\n- {n: two, v: v1}\n"


def test_two_edits_may_agree_on_one_value():
    assert yaml.write_all("a: v1\n", [("$.a", "v2", None), ("$['a']", "v2", 0)]) == "a: v2\n"


@pytest.mark.parametrize("second", ["v3", "v1"])
def test_two_edits_that_want_different_values_in_one_place_are_refused(second):
    with pytest.raises(EditRefused, match=r"Two edits want different values on line 1: `\$.a` wants `v2`"):
        yaml.write_all("a: v1\n", [("$.a", "v2", None), ("$.*", second, None)])


def test_no_edit_is_no_change():
    text = "a: v1\n"

    assert yaml.write_all(text, []) is text


@pytest.mark.parametrize(
    "value", ["a\nb", "a\rb", "a\tb", "\x00", "\x7f", "\x85", "\u2028", "\ufeffv1", "v1\u202e", "\ud800", "\uffff"]
)
def test_a_value_with_line_ends_or_signs_that_nobody_sees_is_refused(value):
    with pytest.raises(EditRefused, match="cannot be written"):
        yaml.write("a: v1\n", "$.a", value)


INVALID = {
    "indentation": ("a: 1\n b: 2\n", "line 2: "),
    "open bracket": (
        "a: 1\nb: [1,\nc: 2\n",
        "line 4: did not find expected ',' or ']' (while parsing a flow sequence that begins on line 2)",
    ),
    "control character": ("a: 1\nb: \x01\n", "line 2: control characters are not allowed"),
    "open quote": ("a: 'x\nb: 1\n", "line 3: "),
    "tab as indentation": ("a:\n\tb: 1\n", "line 2: "),
    "alias without anchor": ("a: 1\nb: *x\n", "line 2: the alias *x has no anchor before it"),
    "anchor in another document": ("a: &x 1\n---\na: *x\n", "line 3: the alias *x"),
    "template": ("a: {{ .x }}\nb: {{\n", "line "),
}


@pytest.mark.parametrize(("text", "words"), INVALID.values(), ids=INVALID)
def test_what_is_not_yaml_is_refused_with_its_line(text, words):
    with pytest.raises(EditRefused) as refused:
        yaml.read(text, "$.a")

    assert "not valid YAML: " + words in refused.value.what
    assert refused.value.now


def test_what_only_one_parser_understands_can_be_read_but_is_not_written():
    text = "a: v1\x85b: 1\n"

    assert yaml.read(text, "$.a") == [Found("v1", 1)]
    with pytest.raises(EditRefused, match="not valid YAML"):
        yaml.write(text, "$.a", "v2")


def test_a_file_without_bottom_is_refused_and_does_not_exhaust_the_stack():
    with pytest.raises(EditRefused, match="more than 200 levels deep"):
        yaml.read("a: " + "[" * 900 + "]" * 900, "$.a")


def test_a_key_that_an_alias_repeats_is_doubled_too():
    with pytest.raises(EditRefused, match="`a` is there twice in one mapping"):
        yaml.read("&x a: v1\n*x : v2\n", "$.a")
