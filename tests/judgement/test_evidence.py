"""Who wrote a value, and whether its manifest decides otherwise since: the walk back through a history."""

import pytest

from profile_cd.judgement import Answers, Search, evidence
from profile_cd.steps.judge import answered
from tests.judgement.histories import MANIFEST, PERSON, ROBOT, VALUES, Made, change, manifest, values

DIRECTORIES = (".updatecli", "updatecli.d")


@pytest.fixture
def history():
    made = Made()
    made.commit({VALUES: values("v0.9.0", "v3"), MANIFEST: manifest()}, message="set up")
    made.commit({VALUES: values("v1.0.0", "v3")}, by=ROBOT, message="ledger v1.0.0")
    return made


def found(history, *changes):
    search = Search(history.snapshot(), directories=DIRECTORIES, machines=(ROBOT,))
    wanted = changes or (change(),)
    return list(answered(evidence.collect(wanted, search), history).values())


def short(commit):
    return commit[:7]


def test_the_commit_that_changed_the_value_wrote_it(history):
    writer = history.commits[-1][0].commit
    history.commit({VALUES: values("v1.0.0", "v4")})

    (known,) = found(history)

    assert (known.written_by, known.changed, known.unknown) == (short(writer), None, "")


@pytest.mark.parametrize("times", [1, 2, 5])
def test_who_only_reformats_a_line_did_not_write_its_value(history, times):
    for number in range(times):
        history.commit({VALUES: values("v1.0.0", "v3", note=f"  # note {number}")})

    assert found(history)[0].written_by == short(history.commits[1][0].commit)


def test_a_line_that_was_touched_again_and_again_is_unknown_rather_than_guessed(history):
    for number in range(9):
        history.commit({VALUES: values("v1.0.0", "v3", note=f"  # note {number}")})

    assert "moved too often" in found(history)[0].unknown


def test_a_manifest_that_means_something_else_since_is_changed_and_says_by_which_commit(history):
    changed = history.commit({MANIFEST: manifest("^1.1.0")})

    assert found(history)[0].changed == short(changed)


@pytest.mark.parametrize("text", [manifest(name="Books"), manifest(more="# a comment\n")])
def test_another_name_or_a_comment_is_no_change_of_meaning(history, text):
    history.commit({MANIFEST: text})

    assert found(history)[0].changed is None


def test_a_manifest_that_came_after_its_value_is_new():
    history = Made()
    history.commit({VALUES: values("v1.0.0")})
    came = history.commit({MANIFEST: manifest()})

    assert found(history)[0].changed == short(came)


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

    assert found(history)[0].changed == (short(together) if changed else None)


@pytest.mark.parametrize("then", [".updatecli/books.yaml", ".updatecli/ledger.yml", "updatecli.d/ledger.yaml"])
def test_a_manifest_that_had_another_name_is_found_by_the_value_that_it_owned(then):
    history = Made()
    history.commit({VALUES: values("v0.9.0"), then: manifest()})
    history.commit({VALUES: values("v1.0.0")}, by=ROBOT)
    history.commit({then: None, MANIFEST: manifest()})

    assert found(history)[0].changed is None


def test_a_person_who_moves_the_manifest_and_writes_the_value_at_once_changed_no_condition():
    history = Made()
    history.commit({VALUES: values("v0.9.0"), "updatecli.d/ledger.yaml": manifest()})
    history.commit({VALUES: values("v1.0.0"), "updatecli.d/ledger.yaml": None, MANIFEST: manifest()})

    assert found(history)[0].changed is None


def test_a_new_partial_that_says_nothing_is_no_change_of_meaning(history):
    history.commit({".updatecli/_shared.yaml": "# what all of them share\n"})

    assert found(history)[0].changed is None


def test_any_number_of_values_is_asked_for_at_once():
    history = Made()
    history.commit({VALUES: values("v0", "v3", "v5"), "updatecli.d/ledger.yaml": manifest()})
    history.commit({VALUES: values("v1.0.0", "v3", "v5")}, by=ROBOT)
    history.commit({"updatecli.d/ledger.yaml": None, MANIFEST: manifest()})
    history.commit({VALUES: values("v1.0.0", "v3", "v5", note="  # formatted")})

    found(history, change(), change("v3", "v4", "$.quoting"), change("v5", "v6", "$.transfers"))

    assert len(history.asked) == 3


def test_a_robot_s_value_costs_two_questions(history):
    found(history)

    assert len(history.asked) == 2


def test_nothing_doubtful_asks_nothing(history):
    search = Search(history.snapshot())

    assert answered(evidence.collect([], search), history) == {}
    assert history.asked == []


class Silent:
    def answer(self, _questions):
        return Answers(trouble="History gave no answer.")


def test_a_history_that_gives_no_answer_leaves_everything_unknown(history):
    search = Search(history.snapshot())

    (known,) = answered(evidence.collect([change()], search), Silent()).values()

    assert known.unknown == "History gave no answer."
