"""One GitLab is asked for pipelines below its limit."""

from profile_cd.services.gitlab import Pace
from sandbox.clock import ManualClock


def test_three_hundred_projects_never_exceed_what_gitlab_takes_in_a_minute():
    clock = ManualClock()
    pace, passed = Pace(clock), []

    for _ in range(300):
        pace.wait()
        passed.append(clock.monotonic())

    assert max(sum(start <= each < start + 60 for each in passed) for start in passed) <= 20
    assert passed[-1] - passed[0] <= 15 * 60


def test_a_few_do_not_wait():
    clock = ManualClock()
    pace = Pace(clock)

    for _ in range(20):
        pace.wait()

    assert clock.slept == []
