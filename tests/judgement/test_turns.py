"""Whether a manifest decides otherwise since a value was written, and who turned it."""

import pytest

from tests.judgement.histories import MANIFEST, PERSON, ROBOT, VALUES, Made, found, manifest, values


def test_a_manifest_that_means_something_else_since_is_changed_and_says_by_which_commit(history):
    changed = history.commit({MANIFEST: manifest("^1.1.0")})

    assert found(history)[0].turn.commit.commit == changed


@pytest.mark.parametrize("text", [manifest(name="Books"), manifest(more="# a comment\n")])
def test_another_name_or_a_comment_is_no_change_of_meaning(history, text):
    history.commit({MANIFEST: text})

    assert found(history)[0].turn is None


def test_a_manifest_that_came_after_its_value_is_new():
    history = Made()
    history.commit({VALUES: values("v1.0.0")})
    came = history.commit({MANIFEST: manifest()})

    assert found(history)[0].turn.commit.commit == came


@pytest.mark.parametrize(
    ("by", "message", "changed"),
    [
        (PERSON, "set up ledger", True),
        (PERSON, "see Profile-CD: in running text", True),
        (ROBOT, "Update", False),
        (PERSON, "x\n\nProfile-CD: run", False),
    ],
)
def test_a_person_who_writes_value_and_manifest_together_has_decided_anew_and_a_robot_has_not(by, message, changed):
    history = Made()
    history.commit({VALUES: values("v0.9.0"), MANIFEST: manifest("^0.9.0")})
    together = history.commit({VALUES: values("v1.0.0"), MANIFEST: manifest()}, by=by, message=message)

    turn = found(history)[0].turn

    assert (turn.commit.commit if turn else None) == (together if changed else None)


def test_a_new_partial_that_says_nothing_is_no_change_of_meaning(history):
    history.commit({".updatecli/_shared.yaml": "# what all of them share\n"})

    assert found(history)[0].turn is None


def test_a_manifest_that_got_a_comment_after_it_turned_was_turned_by_the_one_before(history):
    turned = history.commit({MANIFEST: manifest("^1.1.0")})
    history.commit({MANIFEST: manifest("^1.1.0", more="# see there\n")})

    assert found(history)[0].turn.commit.commit == turned
