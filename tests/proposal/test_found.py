"""Whose a commit on a branch of ours is."""

from dataclasses import replace

import pytest

from profile_cd.proposal import Proposed, PullRequest, marks

OURS, MERGE, THEIRS = "a" * 40, "b" * 40, "c" * 40
BODY = f"{marks.made([OURS])}\n{marks.proposes(['0123'])}"
PULL = PullRequest("id", 1, "url", "ledger v2", BODY, "OPEN", "profile-cd/update", OURS)
TRAILER = "ledger v2\n\nProfile-CD: https://run"
MADE = Proposed(OURS, ("ba5e",), TRAILER)


def foreign(*commits, body=BODY):
    return replace(PULL, commits=commits, body=body, head=commits[-1].oid).foreign


def test_what_the_body_names_is_ours():
    assert foreign(MADE) == ""


def test_a_commit_that_a_person_amended_is_that_person_s_though_it_keeps_its_message():
    assert foreign(Proposed(THEIRS, ("ba5e",), TRAILER)) == THEIRS


def test_a_note_on_top_is_a_person_s():
    assert foreign(MADE, Proposed(THEIRS, (OURS,), "note")) == THEIRS


def test_github_s_merge_of_the_base_upon_ours_is_nobody_s_work():
    once = Proposed(MERGE, (OURS, "ba5e"), "Merge branch 'main' into profile-cd/update", by_github=True)
    twice = Proposed("d" * 40, (MERGE, "ba5f"), "Merge branch 'main' into profile-cd/update", by_github=True)

    assert foreign(MADE, once, twice) == ""
    assert foreign(MADE, once, Proposed(THEIRS, (MERGE,), "note")) == THEIRS


@pytest.mark.parametrize(
    ("label", "commit"),
    [
        ("merged by a person", Proposed(MERGE, (OURS, "ba5e"), "Merge")),
        ("made in the browser", Proposed(MERGE, (OURS,), "Update values.yaml", by_github=True)),
        ("a merge upon something else", Proposed(MERGE, (THEIRS, "ba5e"), "Merge", by_github=True)),
    ],
)
def test_every_other_commit_of_github_is_a_person_s(label, commit):
    assert foreign(MADE, commit) == MERGE, label


def test_a_merge_in_which_a_person_resolved_a_conflict_is_a_person_s():
    merge = Proposed(MERGE, (OURS, "ba5e"), "Merge", by_github=True)

    assert replace(PULL, commits=(MADE, merge), head=MERGE, resolved=MERGE).foreign == MERGE


def test_commits_below_ours_came_from_the_base_and_are_not_merged_with_it():
    below = replace(PULL, commits=(Proposed(THEIRS, ("ba5e",), "a secret"), MADE))

    assert below.foreign == ""
    assert not below.is_alone
    assert replace(PULL, commits=(MADE,)).is_alone


def test_a_pull_request_of_the_first_release_names_no_commits_and_is_known_by_its_trailers():
    body = marks.proposes(["0123"])

    assert foreign(MADE, body=body) == ""
    assert foreign(Proposed(THEIRS, (OURS,), "about Profile-CD: it"), body=body) == THEIRS
