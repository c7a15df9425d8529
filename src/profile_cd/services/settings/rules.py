"""GitHub's answers about a branch → what it demands of a merge, by classic protection and by rulesets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from profile_cd.checks import Branch, Demand, What
from profile_cd.services.settings.readers import inner, texts

Json = Mapping[str, Any]

HARMLESS = ("creation", "deletion", "non_fast_forward", "branch_name_pattern", "tag_name_pattern")
"""Rules that bind no merge into the base branch."""
KINDS: Mapping[str, What] = {
    "merge_queue": "queue", "required_linear_history": "linear", "required_signatures": "signatures",
    "update": "closed",
}  # fmt: skip


def of_rulesets(rules: Iterable[Json]) -> Iterator[Demand]:
    """The demands in the answer to `rules/branches/{branch}`."""
    for rule in rules:
        for demand in _of_rule(str(rule.get("type")), _number(rule, "ruleset_id"), inner(rule, "parameters")):
            yield replace(demand, source=str(rule.get("ruleset_source_type") or ""))


def _of_rule(kind: str, ruleset: int, given: Json) -> Iterator[Demand]:
    if kind == "pull_request":
        yield from _of_pull_request(ruleset, given)
    elif kind == "required_status_checks":
        names = tuple(texts(given.get("required_status_checks"), "context"))
        strict = given.get("strict_required_status_checks_policy") is True
        yield Demand("checks", ruleset, names=names, strict=strict)
    elif kind in KINDS:
        yield Demand(KINDS[kind], ruleset)
    elif kind not in HARMLESS:
        yield Demand("other", ruleset, names=(kind,))


def _of_pull_request(ruleset: int, given: Json) -> Iterator[Demand]:
    keys = "required_approving_review_count", "require_code_owner_review", "dismiss_stale_reviews_on_push"
    yield from _reviews(given, *keys, ruleset=ruleset)
    methods = tuple(texts(given.get("allowed_merge_methods")))
    if methods:
        yield Demand("methods", ruleset, names=methods)


def _reviews(given: Json, count: str, owners: str, stale: str = "", *, ruleset: int = 0) -> Iterator[Demand]:
    """The approvals that *given* demands, by the keys under which it says so."""
    found = Demand("reviews", ruleset, count=_number(given, count), owners=given.get(owners) is True)
    if found.count or found.owners:
        yield replace(found, stale=given.get(stale) is True)


def of_everyone(rule: Json, contexts: Iterable[str]) -> Iterator[Demand]:
    """What classic protection shows to everyone: GraphQL's `refUpdateRule`, and the *contexts* of the branch."""
    names = tuple(dict.fromkeys((*texts(rule.get("requiredStatusCheckContexts")), *contexts)))
    if names:
        yield Demand("checks", names=names)
    yield from _reviews(rule, "requiredApprovingReviewCount", "requiresCodeOwnerReviews")
    flags: Mapping[str, What] = {"requiresLinearHistory": "linear", "requiresSignatures": "signatures"}
    yield from (Demand(what) for key, what in flags.items() if rule.get(key) is True)


def of_protection(branch: Branch, whole: Json) -> Branch:
    """*branch* with what only those see who may read `branches/{branch}/protection`: *whole*."""
    reviews = inner(whole, "required_pull_request_reviews")
    lists = (inner(reviews, "bypass_pull_request_allowances"), inner(whole, "restrictions"))
    return replace(
        branch,
        demands=(*_of_classic(whole, reviews), *(each for each in branch.demands or () if each.ruleset)),
        seen=True,
        exempt=_names(lists[0]),
        pushers=_names(lists[1]) if whole.get("restrictions") else None,
        everyone=_on(whole, "enforce_admins"),
        teams=any(each.get("teams") for each in lists),
    )


def _of_classic(whole: Json, reviews: Json) -> Iterator[Demand]:
    checks = inner(whole, "required_status_checks")
    names = [*texts(checks.get("checks"), "context"), *texts(checks.get("contexts"))]
    if names:
        yield Demand("checks", names=tuple(dict.fromkeys(names)), strict=checks.get("strict") is True)
    keys = "required_approving_review_count", "require_code_owner_reviews", "dismiss_stale_reviews"
    yield from _reviews(reviews, *keys)
    flags: Mapping[str, What] = {
        "required_linear_history": "linear", "required_signatures": "signatures", "lock_branch": "closed",
    }  # fmt: skip
    yield from (Demand(what) for key, what in flags.items() if _on(whole, key))


def _names(lists: Json) -> frozenset[str]:
    """Logins of people and slugs of Apps, as `exempt` knows them; who is in a team cannot be seen."""
    found = (*texts(lists.get("users"), "login"), *texts(lists.get("apps"), "slug"))
    return frozenset(each.casefold() for each in found)


def _on(values: Json, key: str) -> bool:
    return inner(values, key).get("enabled") is True


def _number(values: Json, key: str) -> int:
    found = values.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
