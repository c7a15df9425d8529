"""A comparison says of each file what accounts for it, in lines and as JSON."""

import json

from profile_cd import comparison
from profile_cd.comparison import Difference, Value
from profile_cd.comparison.values import Known

TAG = Known("ledger", ".updatecli/ledger.yaml", 12, "$.ledger.tag")


def said(*values, **rest):
    return comparison.lines([Difference("values.yaml", values, **rest)])


def test_a_value_is_said_with_who_wrote_what_and_the_manifest_that_decides():
    assert said(Value(TAG, "v1", "v2", "v1")) == [
        "values.yaml",
        "  $.ledger.tag: we write v2, the other tool left v1 (.updatecli/ledger.yaml:12)",
    ]
    assert "the other tool wrote v3, we leave v1 (" in said(Value(TAG, "v1", "v1", "v3"))[1]
    assert "we write v2, the other tool wrote v3 (v1 before)" in said(Value(TAG, "v1", "v2", "v3"))[1]


def test_the_reason_for_which_we_leave_a_value_stands_behind_it():
    kept = Known("ledger", "m.yaml", 12, "$.tag", why="we leave it alone: a person wrote it")

    assert "we leave v1; we leave it alone: a person wrote it (m.yaml:12)" in said(Value(kept, "v1", "v1", "v2"))[1]


def test_lines_without_a_manifest_are_shown_up_to_a_limit():
    shown = said(other_lines=tuple(f"+{n}" for n in range(9)))

    assert shown[1].strip().startswith("where no manifest leads")
    assert shown[-1].strip() == "… and 3 lines more"


def test_a_line_of_a_file_neither_steers_a_terminal_nor_is_a_workflow_command():
    shown = said(other_lines=("::error::x", "+\x1b[31mred"))

    assert not [line for line in shown if "\x1b" in line or line.lstrip().startswith("::")]


def test_the_last_line_counts_what_was_compared():
    only = Difference("a.yaml", format_lines=2)

    assert comparison.sum_up([], 1) == "1 file compared: all are as profile-cd would write them."
    assert comparison.sum_up([only, Difference("b", whole="x")], 5) == (
        "5 files compared: 2 left differently, 1 of them only in the way they are written."
    )


def test_programs_get_one_object_in_ascii():
    text = comparison.as_json([Difference("ä.yaml", (Value(TAG, "v1", "v2", "v3"),))], 3)

    given = json.loads(text)
    assert text.isascii()
    assert (given["schema"], given["compared"]) == (1, 3)
    assert given["differences"][0]["values"][0]["theirs"] == "v3"
