"""A manifest that is no YAML says at which line, and what to write there."""

import pytest
import yaml

from profile_cd.manifest.yaml_fault import what


def fault(text):
    with pytest.raises(yaml.MarkedYAMLError) as refused:
        yaml.compose(text, Loader=yaml.CBaseLoader)
    return what(refused.value, text)


@pytest.mark.parametrize(
    ("text", "key", "quoted"),
    [
        ("a: 1\npattern: >=1.0.0\n", "pattern", "'>=1.0.0'"),
        ("pattern: >1.0 <2.0\n", "pattern", "'>1.0 <2.0'"),
        ("key: *.tag\n", "key", "'*.tag'"),
        ("find: %d\n", "find", "'%d'"),
        ("owner: @acme  # us\n", "owner", "'@acme'"),
        ("- name: `x`\n", "name", "'`x`'"),
        ("pattern: >it's\n", "pattern", "'>it''s'"),
    ],
)
def test_a_value_that_begins_with_a_sign_of_yaml_is_shown_in_quotes(text, key, quoted):
    found = fault(text)

    assert f"The value of `{key}` starts with" in found.what
    assert found.now == f"Quote it: `{key}: {quoted}`."
    assert text.split("\n")[found.index].lstrip("- ").startswith(f"{key}:")


def test_a_value_that_a_template_made_is_not_repeated():
    assert fault("pattern: >=\ue0000\ue001\n").now == "Put it in quotes."


@pytest.mark.parametrize(
    ("label", "text", "index", "guess"),
    [
        ("a colon too many", "a: 1\nb: c: d\n", 1, "a value with a colon in it lacks quotes"),
        ("a tab", "a:\n\tb: 1\n", 1, "a tab stands where blanks must"),
        ("a quote that stays open", "a: 'x\n", 1, "a closing quote is missing"),
        ("a colon too few", "a: 1\nb\nc: 1\n", 2, "a colon is missing"),
        ("too little indentation", "a:\n  - b\n - c\n", 2, "a line is indented too little"),
    ],
)
def test_other_mistakes_are_guessed_at_their_line(label, text, index, guess):
    found = fault(text)

    assert found.index == index, label
    assert guess in found.probably, label


def test_no_value_of_the_file_is_repeated():
    assert "hunter2" not in str(fault("password: 'hunter2\n"))


def test_a_line_without_end_costs_no_time():
    fault("a: 1\nb: c: " + "x " * 100_000)
