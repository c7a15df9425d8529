"""A run that has ended."""

from dataclasses import replace

from profile_cd.report import Outcome
from tests.report.known import CHANGE, ENDED, EVERYTHING, OTHER


def test_what_was_merged_stays_among_the_changes_when_a_later_plan_is_empty():
    later = replace(ENDED, plan=replace(ENDED.plan, changes=(OTHER,)))

    assert later.changes == (CHANGE, OTHER)
    assert ENDED.changes == (CHANGE,)


def test_only_projects_whose_pipelines_start_are_concerned():
    assert [each.project.name for each in ENDED.concerned] == ["dev"]


def test_a_run_is_red_for_each_thing_that_went_wrong():
    assert not ENDED.red
    assert EVERYTHING.red
    assert replace(ENDED, troubles=("x",)).red
    assert replace(ENDED, review=Outcome("refused")).red
