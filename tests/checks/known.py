"""A repository and two tokens in which nothing has to be set, and how to read what a check says of others."""

from dataclasses import replace
from datetime import UTC, datetime

from profile_cd.checks import Branch, Demand, Facts, Token, Wanted, found

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ADA = Token("token", "classic", "ada", "2026-12-31 23:59:59 UTC", scopes=("repo",), pushes=True)
OWN = Token("token", "workflow", "github-actions[bot]")
APP = Token("merge-token", "app", "acme-cd[bot]")
MAIN = Branch("main", (Demand("checks", names=("build",)),), seen=True)
SOUND = Facts(MAIN, (ADA,), pulls=True, auto_merge=True, methods=frozenset({"squash"}))
CD = Wanted()


def said(facts, wanted=CD, level=None):
    return [each.words for each in found(facts, wanted, NOW) if level in {None, each.level}]


def to_set(facts, wanted=CD):
    return said(facts, wanted, "set")


def demanding(*demands, token=ADA, **branch):
    """The sound facts, with a base branch that demands something else."""
    return replace(SOUND, branch=replace(MAIN, demands=demands, **branch), tokens=(token,))
