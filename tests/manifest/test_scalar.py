"""A value of a manifest is a text, or says why it is none, and never shows the token."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.manifest.scalar import at_line, text
from profile_cd.manifest.template_actions import Value
from profile_cd.manifest.yaml import Node

TOKEN = Value("ghs_secret", frozenset({"GITHUB_TOKEN"}))


@pytest.mark.parametrize(
    ("label", "node", "strict", "read"),
    [
        ("a text", Node("text", 3, "x"), True, "x"),
        ("a number, where any scalar will do", Node("number", 3, "1.30"), False, "1.30"),
        ("what a template made", Node("number", 3, "1.30", values=(Value("1.30"),)), True, "1.30"),
        ("a block of text", Node("text", 3, "x\n", block=True), True, "x\n"),
    ],
)
def test_a_text_is_spelled_as_it_was_written(label, node, strict, read):
    assert text(node, "`it`", strict=strict) == read, label


@pytest.mark.parametrize(
    ("label", "node", "words"),
    [
        ("a list", Node("list", 3), "`it` is a list where a text must stand"),
        ("a mapping", Node("mapping", 3), "`it` is a mapping where a text must stand"),
        ("a number", Node("number", 3, "1.30"), "Put it in quotes: `'1.30'`"),
        ("a flag", Node("flag", 3, "true"), "`it` is true or false where a text must stand"),
        ("nothing", Node("nothing", 3), "Write a text"),
        ("an empty block", Node("text", 3, "\n", block=True), "an unquoted `>` or `|` begins such a block"),
        ("a source", Node("text", 3, "", values=(Value("", source="it"),)), "asks for a source"),
        ("the token", Node("text", 3, "ghs_secret", values=(TOKEN,)), "would show the token to others"),
    ],
)
def test_what_is_no_text_is_refused_at_its_line(label, node, words):
    with pytest.raises(Unreadable) as refused:
        text(node, "`it`", strict=True)

    assert words in str(refused.value), label
    assert refused.value.line == 3
    assert "ghs_secret" not in str(refused.value)


def test_a_login_may_hold_the_token():
    node = Node("text", 3, "ghs_secret", values=(TOKEN,))

    assert text(node, "`password`", strict=True, secret=True) == "ghs_secret"


def test_an_error_keeps_its_words_at_another_line():
    moved = at_line(Unreadable("What.", line=1, probably="Perhaps.", now="Now."), 9)

    assert (moved.line, str(moved)) == (9, "What. Perhaps. Now.")
