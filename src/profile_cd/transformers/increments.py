"""Counts a version up, and back down again: `semverinc`."""

from __future__ import annotations

from profile_cd.errors import BadCondition
from profile_cd.neutral import quoted
from profile_cd.versions import parse, spell

_PARTS = ("major", "minor", "patch")


def rules(text: str) -> list[str]:
    """What to count up, in its order. Raises BadCondition."""
    found = text.split(",")
    wrong = next((rule for rule in found if rule not in _PARTS), None)
    if wrong is not None:
        raise BadCondition(
            f"`semverinc` does not know {quoted(wrong)}.",
            now="Write `major`, `minor` or `patch`; several with commas between them and no blanks.",
        )
    return found


def increased(text: str, value: str) -> str:
    """*value* counted up by the rules in *text*. Raises BadCondition where it is no version."""
    version = parse(value)
    if version is None:
        raise BadCondition(
            f"`semverinc` cannot count {quoted(value)} up: that is not a version.",
            now="Cut the version out first, with `findsubmatch` or `trimprefix`.",
        )
    (major, minor, patch), prerelease = version.core, version.prerelease
    for rule in rules(text):
        match rule:
            case "major":
                major, minor, patch = major + 1, 0, 0
            case "minor":
                minor, patch = minor + 1, 0
            case _ if not prerelease:
                patch += 1  # the release that a prerelease precedes is its next patch
        prerelease = ""
    return spell((major, minor, patch))


def decreased(text: str, value: str) -> str:
    """A version that `increased` makes *value* of, where there is one.

    Of many it is one, which serves to compare: what is above *value* is made of versions above it. 1.2.0 is the next
    patch of its prereleases only.
    """
    version = parse(value)
    if version is None:
        return value
    (major, minor, patch), prerelease = version.core, ""
    for rule in reversed(rules(text)):
        match rule:
            case "major":
                major = max(major - 1, 0)
            case "minor":
                minor = max(minor - 1, 0)
            case _ if patch:
                patch -= 1
            case _:
                prerelease = "0"
    return spell((major, minor, patch), prerelease)
