"""What is odd about a choice, once it is made: a view of its verdicts, which asks and chooses nothing again."""

from __future__ import annotations

import re
from itertools import islice

from profile_cd.neutral import quoted
from profile_cd.versions.choice import Choice
from profile_cd.versions.condition import Condition
from profile_cd.versions.exclusions import without_exclusions
from profile_cd.versions.filter import Filter
from profile_cd.versions.listed import Latest
from profile_cd.versions.pep440 import Pep440
from profile_cd.versions.ranges import RegexSemver, Semver

_BARE = re.compile(r"v?[0-9]{6,20}", re.ASCII)
_DOTTED = re.compile(r"v?[0-9]+\.[0-9]", re.ASCII)


def doubts(choice: Choice, condition: Condition) -> list[str]:
    """A warning for the manifest's author where a bare number of six digits or more won over versions with dots.

    `6943991` is above every `3.0.0-ci.N`, yet it may be a commit's: of names of seven digits, one in 27 has no letter.
    """
    compiled = without_exclusions(condition.filter)
    if choice.picked is None or choice.by_position or not _orders_versions(compiled):
        return []
    if not _BARE.fullmatch(_read(choice.picked, compiled)):
        return []
    passed = (each.version for each in choice.verdicts if _DOTTED.match(_read(each.version, compiled)))
    return [
        f"{quoted(choice.picked)} is read as one number, above all of {quoted(version)}. Perhaps it is the name of a "
        "commit, or a date. Bound the pattern above, like `<1000` at its end, or match the tags with `regex/semver`."
        for version in islice(passed, 1)
    ]


def _orders_versions(compiled: Filter) -> bool:
    return isinstance(compiled, Semver | RegexSemver | Pep440) or compiled == Latest("")


def _read(version: str, compiled: Filter) -> str:
    """What of a tag is compared."""
    return compiled.caught(version) or "" if isinstance(compiled, RegexSemver) else version
