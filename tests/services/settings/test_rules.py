"""GitHub's answers about a branch are read as demands; what has an unexpected shape breaks nothing."""

import pytest

from profile_cd.checks import Branch, Demand
from profile_cd.services.settings import rules

CLASSIC = {
    "required_status_checks": {"strict": True, "contexts": ["a"], "checks": [{"context": "a", "app_id": None}]},
    "required_pull_request_reviews": {
        "required_approving_review_count": 0,
        "require_code_owner_reviews": True,
        "dismiss_stale_reviews": True,
        "bypass_pull_request_allowances": {"users": [], "teams": [{"slug": "ops"}], "apps": [{"slug": "Acme-CD"}]},
    },
    "restrictions": {"users": [{"login": "Ada"}], "teams": [], "apps": []},
    "enforce_admins": {"enabled": False},
    "lock_branch": {"enabled": True},
}


def test_rules_that_bind_no_merge_demand_nothing():
    found = rules.of_rulesets([{"type": "deletion", "ruleset_id": 1}, {"type": "non_fast_forward", "ruleset_id": 1}])

    assert list(found) == []


@pytest.mark.parametrize(
    ("rule", "demand"),
    [
        ({"type": "merge_queue"}, Demand("queue", 9)),
        ({"type": "update"}, Demand("closed", 9)),
        ({"type": "workflows"}, Demand("other", 9, names=("workflows",))),
        (
            {"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": "ci"}],
             "strict_required_status_checks_policy": True}},
            Demand("checks", 9, names=("ci",), strict=True),
        ),
        (
            {"type": "pull_request", "parameters": {"required_approving_review_count": 0,
             "allowed_merge_methods": ["rebase"]}},
            Demand("methods", 9, names=("rebase",)),
        ),
    ],
)  # fmt: skip
def test_a_rule_becomes_a_demand_of_its_ruleset(rule, demand):
    assert list(rules.of_rulesets([{**rule, "ruleset_id": 9}])) == [demand]


def test_classic_protection_is_read_whole():
    before = Branch("main", (Demand("reviews", 3, count=1), Demand("checks", names=("old",))))

    branch = rules.of_protection(before, CLASSIC)

    assert branch.demands == (
        Demand("checks", names=("a",), strict=True),
        Demand("reviews", owners=True, stale=True),
        Demand("closed"),
        Demand("reviews", 3, count=1),
    )
    assert (branch.exempt, branch.pushers, branch.teams, branch.everyone) == ({"acme-cd"}, {"ada"}, True, False)


@pytest.mark.parametrize("value", [None, 7, "x", [], [7], {"a": 7}])
def test_an_unexpected_shape_breaks_nothing(value):
    rule = {"type": value, "ruleset_id": value, "parameters": value}
    list(rules.of_rulesets([rule, {"type": "pull_request", "parameters": {"allowed_merge_methods": value}}]))
    list(rules.of_everyone(dict.fromkeys(("requiredStatusCheckContexts", "requiredApprovingReviewCount"), value), ()))

    assert rules.of_protection(Branch("main"), dict.fromkeys(CLASSIC, value)).seen
