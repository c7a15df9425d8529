"""What accounts for the difference of a file: values, the way it is written, or what no manifest leads to."""

import pytest

from profile_cd import comparison
from profile_cd.comparison import Sides
from profile_cd.comparison.values import Known

TAG = Known("ledger", ".updatecli/ledger.yaml", 12, "$.ledger.tag")
BEFORE = "ledger:\n    tag: v1  # books\n\nother: [1,  2]\n"
OURS = BEFORE.replace("v1", "v2")


def difference(theirs, *, ours=OURS, before=BEFORE):
    sides = [None if each is None else each.encode() for each in (before, ours, theirs)]
    found = comparison.compare([Sides("values.yaml", *sides)], {"values.yaml": [TAG]})
    return found[0] if found else None


def test_equal_bytes_are_no_difference():
    assert difference(OURS) is None


def test_another_value_is_known_by_its_key_and_nothing_else_is_counted():
    found = difference(BEFORE.replace("v1", "v3"))

    assert [(each.before, each.ours, each.theirs) for each in found.values] == [("v1", "v2", "v3")]
    assert (found.format_lines, found.other_lines, found.format_only) == (0, (), False)


@pytest.mark.parametrize(
    "theirs",
    [
        "ledger:\n  tag: v2 # books\nother: [1, 2]\n",
        OURS.replace("v2", '"v2"'),
        OURS.replace("\n", "\r\n"),
        f"---\n{OURS}",
    ],
    ids=["re-encoded", "quotes", "line ends", "marker"],
)
def test_what_reads_the_same_is_format_only(theirs):
    found = difference(theirs)

    assert found.format_only
    assert found.values == ()


def test_another_value_in_a_file_that_is_written_anew_leaves_both_to_be_said():
    found = difference("ledger:\n  tag: v3 # books\nother: [1, 2]\n")

    assert [each.theirs for each in found.values] == ["v3"]
    assert found.format_lines > 0
    assert not found.format_only


@pytest.mark.parametrize("theirs", [OURS.replace("[1,  2]", "[1,  3]"), OURS.replace("[1,  2]", '[1,  "2"]')])
def test_what_reads_differently_where_no_manifest_leads_is_shown(theirs):
    found = difference(theirs)

    assert found.other_lines[0] == "-other: [1,  2]"
    assert not found.format_only


def test_a_file_of_one_side_only_is_said_to_be_one():
    assert difference(None).whole == "it is not there on the other side"
    assert difference("a: 1\n", ours=None, before=None).whole == "it is there on the other side only"


def test_bytes_that_are_no_text_are_compared_as_bytes():
    (found,) = comparison.compare([Sides("logo.png", b"\xff1", b"\xff1", b"\xff2")], {})

    assert "no text" in found.whole


def test_a_text_that_is_no_yaml_is_compared_line_by_line():
    found = difference("ledger: [\n")

    assert "+ledger: [" in found.other_lines
    assert not found.format_only


def test_a_text_that_is_too_large_is_not_compared_line_by_line():
    found = difference("a: b\n" * (comparison.LARGEST // 5 + 1))

    assert (found.whole, found.other_lines) == (comparison.TOO_LARGE, ())
