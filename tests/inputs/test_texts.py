"""One input is one variable, read as what it is meant to be."""

import pytest

from profile_cd.errors import CannotStart
from profile_cd.inputs import texts


def given(value):
    return {"INPUT_THE-NAME": value}


def test_a_text_loses_its_blanks_and_is_empty_where_it_was_not_given():
    assert texts.text(given("  x y \n"), "the-name") == "x y"
    assert texts.text({}, "the-name") == ""
    assert texts.text({"INPUT_THE_NAME": "x"}, "the-name") == "", "hyphens stay"


def test_one_of_several_words_is_the_first_where_nothing_is_given():
    assert texts.one_of({}, "the-name", ("auto", "none")) == "auto"
    assert texts.one_of(given("none"), "the-name", ("auto", "none")) == "none"
    with pytest.raises(CannotStart, match=r"`the-name` is `NONE`.*auto, none"):
        texts.one_of(given("NONE"), "the-name", ("auto", "none"))


@pytest.mark.parametrize(
    ("value", "read"), [("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False)]
)
def test_a_flag_is_spelled_as_in_yaml_1_2(value, read):
    assert texts.boolean(given(value), "the-name", default=not read) is read


@pytest.mark.parametrize("value", ["yes", "on", "1", "tRUE", "truee"])
def test_a_flag_that_is_spelled_otherwise_does_not_start(value):
    with pytest.raises(CannotStart, match="`true` or `false`"):
        texts.boolean(given(value), "the-name", default=False)


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_given_is_its_default(default):
    assert texts.boolean(given(""), "the-name", default=default) is default


@pytest.mark.parametrize(("value", "read"), [("", 0), ("0", 0), ("30", 30), ("007", 7)])
def test_seconds_are_a_whole_number(value, read):
    assert texts.seconds(given(value), "the-name") == read


@pytest.mark.parametrize("value", ["-1", "1.5", "1m", "²", "٣", "1_000"])
def test_seconds_that_are_no_whole_number_do_not_start(value):
    with pytest.raises(CannotStart, match="whole number of seconds"):
        texts.seconds(given(value), "the-name")


@pytest.mark.parametrize(
    ("value", "read"), [("", ()), ("a", ("a",)), (" a, b ", ("a", "b")), ("a\nb\n\n", ("a", "b")), (",,a,", ("a",))]
)
def test_names_are_separated_by_commas_or_line_ends(value, read):
    assert texts.names(given(value), "the-name") == read


def test_everything_that_is_wrong_is_said_in_one_go():
    given = texts.Given({"INPUT_WAIT": "5m", "INPUT_MERGE": "yes", "INPUT_DRAFT": "on", "INPUT_STRICT": "false"})

    read = (
        given.seconds("wait"),
        given.one_of("merge", "auto", "none"),
        given.boolean("draft"),
        given.boolean("strict"),
    )

    assert read == (0, "auto", False, False)
    with pytest.raises(CannotStart) as caught:
        given.check()
    assert [str(each).split("`")[1] for each in caught.value.each] == ["wait", "merge", "draft"]


def test_inputs_that_are_right_are_checked_silently():
    given = texts.Given({})

    assert (given.seconds("wait"), given.boolean("strict", default=True), given.names("labels")) == (0, True, ())
    given.check()
