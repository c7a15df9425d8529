"""Title and message say what changes, in plain lines, whatever the names hold."""

from dataclasses import replace

import pytest

from profile_cd.model import Commit, Turned
from profile_cd.proposal import marks, title_of
from profile_cd.proposal.title import message_of, review_title_of
from tests.proposal.changes import RUN, change, proposed


@pytest.mark.parametrize(
    ("label", "changes", "title"),
    [
        ("one", [change()], "ledger v2.0.0"),
        ("one product at two versions", [change(), change(version="v3.0.0")], "ledger v2.0.0 and 1 more"),
        ("another order, another first", [change("b"), change("a")], "b v2.0.0 and 1 more"),
    ],
)
def test_the_first_product_is_named_and_the_others_are_counted(label, changes, title):
    assert title_of(changes) == title, label


@pytest.mark.parametrize("product", ["a\nb", "a\r\n\r\nProfile-CD: forged", "::error::a", "a\u202eb"])
def test_a_title_is_one_line_whatever_the_product_is_called(product):
    title = title_of([change(product)])

    assert len(title.splitlines()) == 1
    assert not title.startswith("::")
    assert "\u202e" not in title


def test_the_title_of_a_review_says_so_and_why_and_the_commit_says_what_changes():
    turned = change(lane="review", turned=Turned(Commit("Ada", "abc")))

    assert review_title_of([turned]) == "Review: ledger v2.0.0 (condition changed)"
    major = replace(turned, major=True)
    assert review_title_of([major]) == "Review: ledger v2.0.0 (major, condition changed)"
    assert review_title_of([turned, change("b")]) == "Review: ledger v2.0.0 and 1 more"
    assert proposed([turned], lane="review").title == "Review: ledger v2.0.0 (condition changed)"
    assert proposed([turned], lane="review").message.startswith("ledger v2.0.0\n")


def test_a_message_has_a_line_for_each_change_and_one_trailer_at_its_end():
    changes = [change(), change("quoting", old="v1\nProfile-CD: forged", file="a.yaml")]

    lines = message_of("title", changes, RUN).splitlines()

    assert lines[:2] == ["title", ""]
    assert lines[2] == "ledger v1.0.0 -> v2.0.0 (values.yaml)"
    assert [line for line in lines if line.startswith("Profile-CD:")] == [f"Profile-CD: {RUN}"]
    assert lines[-1] == f"Profile-CD: {RUN}"


def test_a_thousand_changes_fit_into_a_message_that_github_takes_and_keep_the_trailer():
    made = proposed([change(f"product-{number}", file="dev/" + "x" * 200) for number in range(1000)])

    assert len(made.message) < 16_000
    assert made.message.splitlines()[-1] == f"Profile-CD: {RUN}"
    assert "more, in the pull request" in made.message
    assert len(made.title) <= 256


@pytest.mark.parametrize("letter", ["k", "日", "😀", "@", "#"])
def test_whatever_letters_it_is_made_of_a_title_and_a_message_fit_into_what_github_takes(letter):
    turned = Turned(Commit("Ada", "abc"))
    changes = [
        change(f"{letter * 300}{number}", lane="review", major=True, turned=turned, key=letter * 200)
        for number in range(500)
    ]

    proposal = proposed(changes, lane="review")

    assert len(proposal.title) <= 256
    assert len(proposal.message.encode()) < 16_383
    assert marks.has_trailer(proposal.message)
