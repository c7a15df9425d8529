"""The way back to who wrote a value, behind whoever only touched its line."""

import pytest

from tests.judgement.histories import MANIFEST, PERSON, ROBOT, VALUES, Made, change, found, manifest, values


def test_the_commit_that_changed_the_value_wrote_it(history):
    writer = history.commits[-1][0].commit
    history.commit({VALUES: values("v1.0.0", "v4")})

    (known,) = found(history)

    assert (known.writer.commit, known.turn, known.unknown) == (writer, None, "")


@pytest.mark.parametrize("times", [1, 2, 5])
def test_who_only_reformats_a_line_did_not_write_its_value(history, times):
    for number in range(times):
        history.commit({VALUES: values("v1.0.0", "v3", note=f"  # note {number}")})

    assert found(history)[0].writer.commit == history.commits[1][0].commit


def test_a_line_that_was_touched_again_and_again_is_unknown_rather_than_guessed(history):
    for number in range(9):
        history.commit({VALUES: values("v1.0.0", "v3", note=f"  # note {number}")})

    assert "moved too often" in found(history)[0].unknown


def test_what_the_newest_persons_took_away_is_known_and_nothing_older(history):
    history.commit({VALUES: values("v1.1.0", "v3")}, by=ROBOT)
    history.commit({VALUES: values("v0.8.0", "v3")})
    history.commit({VALUES: values("v0.9.5", "v3")}, message="try this one")

    (known,) = found(history, change("v0.9.5"))

    assert (known.by_person, known.writer.subject) == (True, "try this one")
    assert known.replaced == ("v0.8.0", "v1.1.0")
    assert len(history.asked) == 3


def test_behind_a_robot_s_write_nobody_took_anything_away(history):
    (known,) = found(history)

    assert (known.by_person, known.replaced) == (False, ())


@pytest.mark.parametrize(
    "message",
    [
        f'Revert "ledger v1.1.0"\n\nThis reverts commit {"a" * 40}.',
        'Revert "ledger v1.1.0" (#13)\n\nReverts acme/profile#12',
    ],
)
@pytest.mark.parametrize("by", [PERSON, ROBOT])
def test_a_revert_of_our_merge_is_a_no_whoever_pressed_the_button(history, message, by):
    history.commit({VALUES: values("v1.1.0", "v3")}, by=ROBOT)
    history.commit({VALUES: values("v1.0.0", "v3")}, by=by, message=message)

    (known,) = found(history)

    assert (known.by_person, known.replaced) == (True, ("v1.1.0",))


def test_of_several_values_under_one_key_the_one_that_changed_last_says_whose_they_are():
    history = Made()
    history.commit({VALUES: values("v1.0.0", "v1.0.0"), MANIFEST: manifest()}, by=ROBOT)
    history.commit({VALUES: values("v1.0.0", "v0.9.0")}, message="roll quoting back")

    (known,) = found(history, change("v1.0.0, v0.9.0", key="$.*"))

    assert (known.by_person, known.writer.subject, known.replaced) == (True, "roll quoting back", ("v1.0.0",))
