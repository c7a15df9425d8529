"""What a token is called within a sentence, and which permission it would need."""

from __future__ import annotations

from profile_cd.checks.facts import Token
from profile_cd.neutral import quoted

NEVER = ("administration", "environments", "secrets", "variables")
"""What the `permissions:` of a job cannot name ("Controlling permissions for GITHUB_TOKEN")."""


def described(token: Token) -> str:
    """What it is and whose, within a sentence."""
    whose = quoted(token.login.removesuffix("[bot]")) if token.login else "somebody"
    match token.kind:
        case "workflow":
            return "the workflow's own token"
        case "app":
            return f"the token of the GitHub App {whose}" if token.login else "the token of a GitHub App"
        case "classic":
            return f"a classic personal token of {whose}, which reaches all that its owner does"
        case "fine-grained":
            return f"a fine-grained personal token of {whose}"
    return f"a token of {whose}"


def needs(permission: str, tokens: tuple[Token, ...]) -> str:
    """In brackets: the permission that would be needed, and that a workflow's own token never has some of them."""
    own = all(each.kind == "workflow" for each in tokens) and permission.partition(":")[0] in NEVER
    never = "; no `permissions:` give that to a workflow's own token" if own else ""
    return f"(needs `{permission}`{never})"
