"""What the base branch demands, and what follows from it for a run, in the user's words."""

from dataclasses import replace

import pytest

from profile_cd.checks import Branch, Demand, Wanted
from tests.checks.known import ADA, APP, MAIN, OWN, SOUND, demanding, said, to_set


def test_approvals_that_no_robot_gives_are_said_with_the_place_to_exempt_the_app():
    (words,) = to_set(demanding(Demand("reviews", count=2)))

    assert "demands 2 approvals (Settings → Branches)" in words
    assert "with `merge: auto` each pull request waits for approvals that no robot gives" in words
    assert "`ada` cannot approve what that token opens" in words


def test_code_owners_and_approvals_that_are_taken_back_are_said():
    demand = Demand("reviews", 3, source="Organization", count=1, owners=True, stale=True)
    (words,) = [each for each in said(demanding(demand)) if "approval of" in each]

    assert "1 approval of code owners (the organisation's Settings → Rules, ruleset 3)" in words
    assert "a push takes approvals back" in words


def test_an_exempt_token_needs_no_approval_and_no_auto_merge():
    facts = demanding(Demand("reviews", 3, count=1), token=replace(APP, bypasses={3: "always"}))

    assert to_set(replace(facts, auto_merge=False)) == []


def test_whoever_may_be_exempt_is_not_asked_to_set_anything():
    facts = demanding(Demand("reviews", 3, count=1), token=APP)

    assert to_set(facts) == []
    assert any(each.startswith("Whether `merge-token` is exempt") for each in said(facts, level="unknown"))


def test_people_who_merge_themselves_may_demand_approvals():
    assert to_set(demanding(Demand("reviews", count=1)), Wanted("none")) == []


def test_checks_of_the_workflow_s_own_pull_requests_wait_for_a_person():
    facts = demanding(Demand("checks", names=("build",), strict=True), token=OWN)

    assert any("Approve workflows to run" in each and "newest commit" in each for each in to_set(facts))
    assert to_set(replace(facts, tokens=(OWN, APP))) == []


@pytest.mark.parametrize(
    ("demand", "wanted", "words"),
    [
        (Demand("queue"), Wanted("direct"), "merge queue"),
        (Demand("linear"), Wanted(method="merge"), "write `merge-method: squash`"),
        (Demand("signatures"), Wanted(method="fast-forward"), "signed commits only"),
        (Demand("closed"), Wanted(), "takes no push"),
        (Demand("methods", 4, names=("rebase",)), Wanted(), "by `rebase` only"),
        (Demand("checks", names=("ci",)), Wanted("direct"), "`merge: direct` does not wait"),
    ],
)
def test_a_rule_that_the_inputs_do_not_meet_is_said_with_what_to_write(demand, wanted, words):
    facts = demanding(demand, token=replace(ADA, bypasses={4: "never"}))

    assert any(words in each for each in to_set(facts, wanted))


@pytest.mark.parametrize("demand", [Demand("queue"), Demand("linear"), Demand("signatures")])
def test_a_rule_that_the_inputs_meet_is_not_in_the_way(demand):
    assert to_set(demanding(demand)) == []


def test_a_rule_that_is_not_known_is_unknown_and_named():
    assert any(
        "`workflows`" in each for each in said(demanding(Demand("other", 5, names=("workflows",))), level="unknown")
    )


def test_auto_merge_is_wanted_only_where_something_has_to_be_waited_for():
    assert any("Allow auto-merge" in each for each in to_set(replace(SOUND, auto_merge=False)))
    assert to_set(replace(SOUND, auto_merge=False, branch=replace(MAIN, demands=()))) == []
    assert to_set(replace(SOUND, auto_merge=False), Wanted("direct", wait=60)) == []


def test_a_method_that_is_switched_off_is_named():
    facts = replace(SOUND, methods=frozenset({"merge"}))

    assert any("squash merging" in each for each in to_set(facts))
    assert any("squash merging" in each for each in to_set(facts, Wanted(method="fast-forward")))


def test_only_those_who_may_push_may_merge():
    closed = replace(MAIN, pushers=frozenset({"bob", "acme-cd"}))

    assert any("lets only some push" in each for each in to_set(replace(SOUND, branch=closed)))
    assert to_set(replace(SOUND, branch=closed, tokens=(ADA, APP))) == []
    admin = replace(ADA, administrator=True)
    assert to_set(replace(SOUND, branch=replace(closed, everyone=False), tokens=(admin,))) == []


def test_that_somebody_cannot_push_is_no_proof_where_the_lists_cannot_be_seen():
    facts = replace(SOUND, branch=replace(MAIN, seen=False), tokens=(replace(ADA, reaches=False),))

    assert to_set(facts) == []
    assert any("cannot push there" in each for each in said(facts, level="unknown"))


def test_hostile_names_end_no_quotes_and_no_line():
    facts = demanding(Demand("checks", names=("a`\n::error::x",)), Demand("other", names=("<b>`",)))

    assert all("\n" not in each and each.count("`") % 2 == 0 for each in said(facts))


def test_a_branch_that_is_not_there_is_said_to_be_missing_and_not_to_need_a_permission():
    (words,) = to_set(replace(SOUND, branch=Branch("mian", missing=True)))

    assert words == "There is no branch `mian`: name another in `base`, or push a first commit."
