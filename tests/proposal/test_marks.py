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

    assert marks.proposed(body) == ("0123abcd", "ffff0000")
    assert marks.proposed("| a table |") == ()


def test_the_marks_of_the_first_release_are_still_recognised():
    body = "x\n<!-- profile-cd: proposes 0123abcd -->\n<!-- profile-cd: the projects were told -->"

    assert marks.proposed(body) == ("0123abcd",)
    assert marks.is_closed_by_us("<!-- profile-cd: closed by the run itself -->")


def test_closing_puts_its_mark_in_front_of_the_body_as_it_was():
    assert marks.closed("body", "Nothing is left.").endswith("Nothing is left.\n\nbody")
    assert marks.is_closed_by_us(marks.closed("body", "why"))


def test_a_body_that_a_person_made_as_long_as_github_takes_still_takes_a_mark():
    assert len(marks.closed("x" * 65_536, "why")) <= 65_536


def test_the_commits_that_we_made_are_read_back_with_what_the_last_one_says():
    body = f"{marks.made(['aaaa', 'bbbb'], '0123')}\ntext"

    assert (marks.made_commits(body), marks.said(body)) == (("aaaa", "bbbb"), "0123")
    assert (marks.made_commits("text"), marks.said("text")) == ((), "")


def test_a_mark_within_a_line_is_a_text_that_somebody_wrote():
    quoted = f"`{marks.made(['aaaa'])}` and {marks.proposes(['bbbb'])} and {marks.CLOSED_BY_US}"

    assert marks.made_commits(quoted) == ()
    assert marks.proposed(quoted) == ()
    assert not marks.is_closed_by_us(quoted)
