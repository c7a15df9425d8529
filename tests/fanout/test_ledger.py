"""Where a project stands by GitHub's record of its deployments."""

from datetime import UTC, datetime, timedelta

import pytest

from profile_cd.fanout import Deployment, Standing, standing

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def made(number, *states, minutes=60, since=""):
    return Deployment(number, f"c{number}", f"t{number}", NOW - timedelta(minutes=minutes), states, since)


@pytest.mark.parametrize(
    ("label", "states", "accepted"),
    [
        ("it runs", ["in_progress"], True),
        ("it succeeded", ["in_progress", "success"], True),
        ("it failed in GitLab, which has the commit all the same", ["in_progress", "failure"], True),
        ("somebody's success made it inactive", ["success", "inactive"], True),
        ("GitLab refused it", ["error"], False),
        ("it was never settled", [], False),
        ("it is only inactive", ["inactive"], False),
        ("it was queued and no more", ["queued", "pending"], False),
    ],
)
def test_what_counts_as_accepted(label, states, accepted):
    assert made(1, *states).accepted is accepted, label


def test_the_newest_accepted_one_counts_however_many_refused_ones_follow():
    found = standing([*(made(n, "error") for n in range(99, 2, -1)), made(2, "success"), made(1, "success")], NOW)

    assert found == Standing("c2", "t2", refused=97)


def test_where_none_of_those_asked_for_was_accepted_the_newest_knows_which_one_was():
    found = standing([made(9, "error", since="c1"), made(8, "error", since="c0")], NOW)

    assert (found.commit, found.tree, found.refused) == ("c1", "", 2)


def test_a_deployment_that_nobody_settled_is_under_way_for_ten_minutes():
    young = standing([made(2, minutes=9), made(1, "success")], NOW)
    old = standing([made(2, minutes=11), made(1, "success")], NOW)

    assert (young.pending, young.refused) == ("c2", 0)
    assert (old.pending, old.refused) == ("", 1)


def test_a_project_without_deployments_has_no_standing():
    assert standing([], NOW) == Standing()
