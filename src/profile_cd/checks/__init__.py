"""Facts about tokens and settings → what is fine, what to set where, and what cannot be known."""

from __future__ import annotations

from profile_cd.checks.facts import Branch, Demand, Facts, Line, Names, Secrets, Token, Variable, Wanted, What
from profile_cd.checks.secrets import lines as secrets
from profile_cd.checks.secrets import variable
from profile_cd.checks.settings import found

__all__ = [
    "Branch",
    "Demand",
    "Facts",
    "Line",
    "Names",
    "Secrets",
    "Token",
    "Variable",
    "Wanted",
    "What",
    "found",
    "secrets",
    "variable",
]
