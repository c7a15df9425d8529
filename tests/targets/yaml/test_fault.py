"""A file that is no YAML is refused at its line, with a guess that helps."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import tree as yaml_tree


@pytest.mark.parametrize(
    ("label", "text", "line", "guess"),
    [
        ("a tab as indentation", "a: 1\nb:\n\tc: 1\n", 3, "a tab stands where only blanks are safe"),
        ("a quote that stays open", "a: 1\nb: 'x\nc: 2\n", 4, "the indentation or a quote is wrong"),
        ("an indentation that fits nothing", "a:\n    b: 1\n  c: 2\n", 3, "the indentation or a quote is wrong"),
        ("an alias without an anchor", "a: 1\nb: *gone\n", 2, "an anchor is misspelt, or defined further down"),
        ("a character that no YAML may hold", "a: 1\nb: \x07\n", 2, "the indentation or a quote is wrong"),
    ],
)
def test_the_line_is_named(label, text, line, guess):
    with pytest.raises(EditRefused) as refused:
        yaml_tree.documents(text)

    assert f"not valid YAML: line {line}: " in str(refused.value), label
    assert guess in refused.value.probably, label
    assert "nothing in the file is changed" in refused.value.now


def test_where_a_construct_began_is_said_too():
    with pytest.raises(EditRefused, match=r"\(while parsing a flow mapping that begins on line 2\)"):
        yaml_tree.documents("a: 1\nb: {c: 1\nd: 2\n")


def test_a_text_that_cannot_be_encoded_is_refused_in_the_same_words():
    with pytest.raises(EditRefused, match="line 1: surrogates not allowed"):
        yaml_tree.documents("a: \ud800")
