"""Whether a token need not meet what the base branch demands."""

from __future__ import annotations

from profile_cd.checks.facts import Branch, Demand, Token

FREE = ("always", "exempt", "pull_requests_only")
"""GitHub's words for who may merge all the same (REST, `current_user_can_bypass` of a ruleset)."""


def exempt(branch: Branch, demand: Demand, token: Token) -> bool | None:
    """Whether *token* may merge without meeting *demand*; None where that cannot be seen.

    The workflow's own token is never exempt: no list takes it.
    """
    if demand.ruleset:
        word = token.bypasses.get(demand.ruleset)
        return word in FREE if word else _never(token)
    if not branch.seen:
        return _never(token)
    if demand.what == "reviews" and listed_name(token) in branch.exempt:
        return True
    if demand.what == "reviews" and branch.teams and token.kind not in {"workflow", "app"}:
        return None
    return bool(token.administrator and not branch.everyone and token.kind != "fine-grained")


def _never(token: Token) -> bool | None:
    return False if token.kind == "workflow" else None


def listed_name(token: Token) -> str:
    """The name under which lists have it: the login of a person, the slug of an App."""
    return token.login.removesuffix("[bot]").casefold()
