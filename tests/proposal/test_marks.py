"""What earlier runs wrote is recognised, and nothing else."""

import pytest

from profile_cd.proposal import marks


@pytest.mark.parametrize(
    ("message", "ours"),
    [
        ("ledger v2\n\nProfile-CD: https://github.com/acme/profile/actions/runs/7", True),
        ("Profile-CD: first line", True),
        ("Revert what `Profile-CD: …` wrote", False),
        ("about it\n\nI do not like the line Profile-CD: here", False),
        ("quoted\n\n> Profile-CD: https://x", False),
        ("", False),
    ],
)
def test_the_trailer_counts_at_the_start_of_a_line_only(message, ours):
    assert marks.has_trailer(message) is ours


def test_what_was_proposed_is_read_back_and_only_from_a_body_of_ours():
    body = f"| a table |\n\n{marks.proposes(['0123abcd', 'ffff0000'])}"

    assert marks.is_ours(body)
    assert marks.proposed(body) == ("0123abcd", "ffff0000")
    assert not marks.is_ours("| a table |")
    assert marks.proposed("| a table |") == ()


def test_the_marks_of_the_first_release_are_still_recognised():
    body = "x\n<!-- profile-cd: proposes 0123abcd -->\n<!-- profile-cd: the projects were told -->"

    assert marks.is_fanned_out(body)
    assert marks.proposed(body) == ("0123abcd",)
    assert marks.is_closed_by_us("<!-- profile-cd: closed by the run itself -->")


def test_closing_and_fanning_out_leave_the_body_as_it_was_and_add_their_mark():
    assert marks.closed("body", "Nothing is left.").startswith("body\n\nNothing is left.")
    assert marks.is_closed_by_us(marks.closed("body", "why"))
    assert marks.is_fanned_out(marks.fanned_out("body"))
    assert not marks.is_fanned_out("body")
