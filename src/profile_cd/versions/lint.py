"""What is worth knowing of a condition before anything is asked: what it does not do although it looks so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from profile_cd.neutral import quoted
from profile_cd.versions.condition import Condition
from profile_cd.versions.exclusions import without_exclusions
from profile_cd.versions.listed import Regex
from profile_cd.versions.range import ANY, PATCH, Comparator, Group
from profile_cd.versions.ranges import RegexSemver, Semver
from profile_cd.versions.semver import spell

_OPEN_ENDED = "Without a `pattern` prereleases are taken as well. Write `pattern: '*'` for releases only."
_DASHED_NUMBER = re.compile(r"[0-9]+-[0-9A-Za-z-]+")
_USED_BY = {
    "regex": {"regex/semver"},
    "strict": {"semver", "regex/semver"},
    "replaceall": {"regex", "regex/semver"},
    "pattern": {"latest", "semver", "regex", "regex/semver", "pep440"},
}


def unused(condition: Condition) -> list[str]:
    """A sentence for each field that is set although this kind of filter does not read it."""
    return [
        f"`{field}` has no effect with `kind: {condition.kind}`. Delete it, or change the kind."
        for field, kinds in _USED_BY.items()
        if getattr(condition, field) and condition.kind not in kinds
    ]


def warnings(condition: Condition) -> list[str]:
    """What the pattern does not say although it looks so."""
    match without_exclusions(condition.filter):
        case Semver(range=groups, track=track):
            return _semver(groups, track)
        case RegexSemver(range=None):
            return [*_doubled(condition.regex), _OPEN_ENDED]
        case RegexSemver(range=tuple(groups), track=track):
            return [*_doubled(condition.regex), *_semver(groups, track)]
        case Regex():
            return _doubled(condition.pattern)
    return []


def _doubled(pattern: str) -> list[str]:
    sentence = (
        f"{quoted(pattern)} has doubled backslashes, which match a backslash in the tag. "
        "Only double quotes in YAML want them doubled: write one, or put the value into double quotes."
    )
    return [sentence] if "\\\\" in pattern else []


def _semver(groups: Sequence[Group], track: str) -> list[str]:
    found = [sentence for group in groups for each in group.comparators for sentence in _comparator(each)]
    # A track says what the pattern does not: which prereleases are taken.
    found += [] if track else [sentence for group in groups for sentence in _channel(group)]
    found += [sentence for group in groups for sentence in _one_sided(group)]
    return list(dict.fromkeys(found))


def _comparator(each: Comparator) -> list[str]:
    core, prerelease = each.version.core, each.version.prerelease
    found = []
    if each.operator == "^" and each.given == PATCH and core[:2] == (0, 0):
        found.append(
            f"`{each.text}` takes {spell(core)} only: below 0.1.0 a caret holds all three numbers fast. "
            "For later ones write `~0.0`."
        )
    if each.operator == "~" and each.given == PATCH and core == (0, 0, 0):
        found.append(f"`{each.text}` takes everything from 0.0.0 up, 5.0.0 too. For 0.0.x write `~0.0`.")
    if each.given == ANY and each.operator in {"^", "<", "<=", ">", "!="}:
        found.append(f"`{each.text}` compares with 0.0.0, not with any version. For any version write `*`.")
    dashed = next((part for part in prerelease.split(".") if _DASHED_NUMBER.fullmatch(part)), None)
    if dashed and each.operator in {"^", "~", ">", ">=", "<", "<="}:
        found.append(
            f"`{dashed}` in `{each.text}` is one identifier, ordered as text: "
            "9999-x is above 10000-x, so the order breaks when the number gains a digit."
        )
    return found


def _word(each: Comparator) -> str:
    first = each.version.prerelease.split(".")[0]
    return first if re.fullmatch(r"[A-Za-z][A-Za-z-]*", first) else ""


def _channel(group: Group) -> list[str]:
    """A window of prereleases is closed where both ends are of one version and one word."""
    lows = [each for each in group.comparators if each.operator in {">", ">=", "^", "~"} and _word(each)]
    if not lows:
        return []
    low = lows[0]
    highs = [each for each in group.comparators if each.operator in {"<", "<="}]
    if any(each.version.core == low.version.core and _word(each) == _word(low) for each in highs):
        return []
    word = _word(low)
    others = " and ".join(each for each in ("rc", "snapshot", "alpha") if each != word.lower())
    # `>=1.2.0-dev.0 <1.2.0` ends below the release 1.2.0, so no release can be in it.
    below = any(each.version.core == low.version.core and (each.operator == "<" or _word(each)) for each in highs)
    taken = "are taken, too" if below else "and releases are taken, too"
    alone = (
        f"`{word}` alone use `kind: regex/semver` "
        rf"with `regex: '^v?(\d+\.\d+\.\d+-{word}\.\d+)$'` and the same pattern."
    )
    track = f"For `{word}` {'alone' if below else 'and releases'} add `track: {word}`"
    sentence = (
        f"`{low.text}` does not hold to `{word}`: other prereleases in the range ({others}, say) {taken}. {track}"
    )
    sentence += "." if below else f"; for {alone}"
    return [sentence]


def _one_sided(group: Group) -> list[str]:
    """Two lower ends, or two upper ones: mostly a slip of the pen."""
    for signs, other in (((">", ">="), "<="), (("<", "<="), ">=")):
        found = [each.text for each in group.comparators if each.operator in signs]
        if len(found) > 1:
            return [f"`{found[0]}` and `{found[1]}` bound the same side. Perhaps one of them was meant as `{other}`."]
    return []
