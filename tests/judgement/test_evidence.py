"""What is asked of a history, and how often."""

from profile_cd.judgement import Answers, Search, evidence
from profile_cd.steps.judge import answered
from tests.judgement.histories import MANIFEST, ROBOT, VALUES, Made, change, found, manifest, values


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
