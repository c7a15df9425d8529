"""Which token writes, and what a branch demands of one kind."""

from profile_cd.checks import Branch, Demand, Facts
from tests.checks.known import ADA, APP


def test_the_last_token_that_was_given_writes():
    assert Facts(Branch("main"), (ADA, APP)).writer is APP


def test_demands_are_found_by_their_kind():
    checks, reviews = Demand("checks", names=("ci",)), Demand("reviews", count=1)

    assert Branch("main", (checks, reviews)).demanded("reviews") == (reviews,)
    assert Branch("main").demanded("reviews") == ()
