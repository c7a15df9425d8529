"""A person's no to a pull request is heard."""

from dataclasses import replace

from tests.judgement.known import BY_ROBOT, plan_of


def test_what_a_person_closed_is_kept_and_names_the_pull_request():
    assert "A person closed #3" in plan_of(replace(BY_ROBOT, closed=3)).kept[0].reason
