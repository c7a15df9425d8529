"""Choices in one line each: candidates between blanks."""

from profile_cd import versions
from profile_cd.model import Condition


def picked(pattern, candidates, kind="semver", **fields):
    return versions.choose(candidates.split(), Condition(kind, pattern, **fields)).picked


def taken(pattern, candidates, kind="semver", **fields):
    choice = versions.choose(candidates.split(), Condition(kind, pattern, **fields))
    return " ".join(each.version for each in choice.verdicts if each.taken)


def reasons(pattern, candidates, kind="semver", **fields):
    choice = versions.choose(candidates.split(), Condition(kind, pattern, **fields))
    return {each.version: each.reason for each in choice.verdicts}
