"""The one door to RE2."""

import pytest

from profile_cd import expressions
from profile_cd.errors import BadCondition


def test_an_expression_is_searched_for_anywhere():
    found = expressions.compiled(r"v(\d+)").search("über v12 v3")

    assert found is not None
    assert (found.group(), found.group(1)) == ("v12", "12")


def test_a_group_that_took_no_part_is_none_and_one_that_does_not_exist_an_error():
    found = expressions.compiled(r"a(b)?").search("a")

    assert found is not None
    assert found.group(1) is None
    with pytest.raises(IndexError):
        found.group(2)


def test_a_text_that_is_not_utf_8_holds_nothing_and_stays():
    assert expressions.compiled(".*").search("\ud800") is None
    assert expressions.replacement("a", "b").apply("\ud800a") == "\ud800a"


@pytest.mark.parametrize(
    ("pattern", "words"), [("(", "missing )"), ("a(?=b)", "no lookahead"), ("\ud800", "not text"), ("a{9999}", "repet")]
)
def test_what_is_no_expression_is_refused_in_our_words_at_its_key(pattern, words):
    with pytest.raises(BadCondition, match="The tagfilter `") as caught:
        expressions.compiled(pattern, "tagfilter")

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1-$1", "b-b"),
        ("${1}x", "bx"),
        ("$1x", ""),
        ("$$1", "$1"),
        ("$9", ""),
        ("${" + "9" * 5000 + "}", ""),
        ("$", "$"),
    ],
)
def test_references_are_expanded_as_go_does_it(text, expected):
    assert expressions.replacement("a(b)c", text).apply("abc") == expected


def test_nothing_is_written_to_standard_error(capfd):
    with pytest.raises(BadCondition):
        expressions.compiled("(((")

    assert capfd.readouterr().err == ""
