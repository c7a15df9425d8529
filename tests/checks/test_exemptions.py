"""Whether a token may merge all the same, as far as it can be seen."""

from dataclasses import replace

import pytest

from profile_cd.checks import Demand
from profile_cd.checks.exemptions import exempt
from tests.checks.known import ADA, APP, MAIN, OWN

REVIEWS, RULE = Demand("reviews", count=1), Demand("reviews", 7, count=1)


@pytest.mark.parametrize(
    ("word", "free"), [("always", True), ("exempt", True), ("pull_requests_only", True), ("never", False), (None, None)]
)
def test_a_ruleset_says_it_of_each_token(word, free):
    assert exempt(MAIN, RULE, replace(APP, bypasses={7: word} if word else {})) is free


def test_the_word_of_another_ruleset_counts_for_nothing():
    assert exempt(MAIN, RULE, replace(APP, bypasses={8: "always"})) is None


def test_no_list_takes_the_workflow_s_own_token():
    assert exempt(MAIN, RULE, OWN) is False
    assert exempt(replace(MAIN, seen=False), REVIEWS, OWN) is False


def test_classic_protection_names_whom_its_reviews_do_not_bind():
    listed = replace(MAIN, exempt=frozenset({"acme-cd"}))

    assert exempt(listed, REVIEWS, APP) is True
    assert exempt(listed, REVIEWS, ADA) is False
    assert exempt(listed, Demand("checks", names=("build",)), APP) is False


def test_who_is_in_a_team_cannot_be_seen():
    assert exempt(replace(MAIN, teams=True), REVIEWS, ADA) is None
    assert exempt(replace(MAIN, teams=True), REVIEWS, APP) is False


def test_an_administrator_is_bound_only_where_everyone_is():
    admin = replace(ADA, administrator=True)

    assert exempt(replace(MAIN, everyone=False), REVIEWS, admin) is True
    assert exempt(MAIN, REVIEWS, admin) is False
    assert exempt(replace(MAIN, everyone=False), REVIEWS, replace(admin, kind="fine-grained")) is False


def test_where_the_whole_protection_cannot_be_seen_nothing_is_claimed():
    assert exempt(replace(MAIN, seen=False), REVIEWS, APP) is None
