"""What kind of token a token is, by how GitHub begins it ("GitHub's token formats", since 2021) and by whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from profile_cd.checks.facts import Kind, Token
from profile_cd.neutral import quoted

ACTIONS = "github-actions[bot]"
BEGINNINGS: Mapping[str, Kind] = {"github_pat_": "fine-grained", "ghp_": "classic", "gho_": "person", "ghu_": "person"}
_OLD = re.compile(r"[0-9a-f]{40}")
"""A classic token from before 2021, or of a GitHub Enterprise Server from then."""
NEVER = ("administration", "environments", "secrets", "variables")
"""What the `permissions:` of a job cannot name ("Controlling permissions for GITHUB_TOKEN")."""


def kind(text: str, login: str, *, merges: bool) -> Kind:
    """The kind of the token *text* of *login*; *merges* where it is given as `merge-token`.

    An App's token and a workflow's own begin alike: they differ by whose they are.
    """
    if text.startswith("ghs_"):
        return "workflow" if login == ACTIONS or not (login or merges) else "app"
    if _OLD.fullmatch(text):
        return "classic"
    return next((found for beginning, found in BEGINNINGS.items() if text.startswith(beginning)), "")


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
