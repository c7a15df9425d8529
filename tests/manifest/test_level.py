"""One level of a manifest: each key read as what its table says, or named at its line."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.fields import Field
from profile_cd.manifest.level import Level
from profile_cd.manifest.notes import Notes
from tests.manifest.test_yaml import node

TABLE = {
    "name": Field("Its name.", required=True),
    "choice": Field("One of two.", choices=("one", "two")),
    "on": Field("Whether.", "flag"),
    "count": Field("How many.", "number"),
    "each": Field("Several.", "texts"),
    "other": Field("Another."),
    "secret": Field("A secret.", secret=True),
    "below": Field("Further down.", "mapping"),
}


def level(text, *, caseless=False):
    return Level(node(text), TABLE, "The thing", Notes(), caseless=caseless)


def test_what_is_there_is_read_and_what_is_not_has_its_default():
    full = level("name: x\nchoice: two\non: true\ncount: 7\neach: [a, b]\nsecret: s\n")
    empty = level("name: x\n")

    assert (full.text("choice"), full.flag("on"), full.number("count")) == ("two", True, 7)
    assert (full.texts("each"), full.secret("secret").reveal()) == ((("a", 5), ("b", 5)), "s")
    assert (empty.text("choice", "one"), empty.flag("on"), empty.number("count"), empty.texts("each")) == (
        "one",
        False,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("read", "text", "line", "words"),
    [
        (lambda it: it.text("choice"), "name: x\nchoice: three\n", 2, "cannot be `three`. Write one of `one`, `two`"),
        (lambda it: it.text("name"), "name: [x]\n", 1, "`name` of the thing is a list where a text must stand"),
        (lambda it: it.flag("on"), "name: x\non: 'true'\n", 2, "is a text. Write `true` or `false`, without quotes"),
        (lambda it: it.flag("on"), "name: x\non: yes\n", 2, "Write `true` or `false`"),
        (lambda it: it.number("count"), "name: x\ncount: -1\n", 2, "a whole number from 0"),
        (lambda it: it.number("count"), "name: x\ncount: 1.5\n", 2, "a whole number from 0"),
        (lambda it: it.number("count"), f"name: x\ncount: {'9' * 5000}\n", 2, "a whole number from 0"),
        (lambda it: it.texts("each"), "name: x\neach: a\n", 2, "is a text. Write a list"),
        (lambda it: it.texts("each"), "name: x\neach:\n  - {}\n", 3, "An entry of `each`"),
        (lambda it: list(it.each("below")), "name: x\nbelow: []\n", 2, "a mapping from names to details"),
        (lambda it: it.below("below", TABLE), "name: x\nbelow: y\n", 2, "a mapping must stand"),
        (lambda it: it.below("below", TABLE), "name: x\nbelow:\n  other: y\n", 2, "no `name`"),
        (lambda it: it.require(), "other: x\n", 1, "has no `name`"),
    ],
)
def test_what_is_something_else_is_refused_at_its_line(read, text, line, words):
    with pytest.raises(Unreadable) as refused:
        read(level(text))

    assert words in str(refused.value)
    assert refused.value.line == line


def test_a_number_is_a_text_above_and_none_below_a_spec():
    assert level("name: 1.30\n").text("name") == "1.30"
    with pytest.raises(Unreadable, match=r"Put it in quotes: `'1\.30'`"):
        level("name: 1.30\n", caseless=True).text("name")


def test_keys_match_in_any_case_below_a_spec_only():
    assert level("NAME: x\n", caseless=True).text("name") == "x"
    assert not level("NAME: x\n").has("name")


def test_one_of_two_keys_is_wanted_and_never_both():
    both, neither = level("name: x\nother: y\n"), level("count: 1\n")

    with pytest.raises(Unreadable, match="has both `name` and `other`") as refused:
        both.only_one("name", "other", required=False)
    assert refused.value.line == 2
    with pytest.raises(Unreadable, match="Write `name` or `other`"):
        neither.only_one("name", "other", required=True)
    neither.only_one("name", "other", required=False)


def test_a_secret_is_shown_by_no_message():
    with pytest.raises(Unreadable) as refused:
        level("name: x\nsecret: [hunter2]\n").secret("secret")

    assert "hunter2" not in str(refused.value)
