"""Compiles a semver pattern: the manifests' dialect in, bounds in node-semver's words out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from profile_cd.errors import BadCondition
from profile_cd.neutral import quoted
from profile_cd.versions import advice
from profile_cd.versions.semver import Version, parse, spell

_PART = r"[0-9]+|[xX*]"
_VERSION = (
    rf"v?(?:{_PART})(?:\.(?:{_PART}))?(?:\.(?:{_PART}))?"
    r"(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_OPERATOR = r"=>|=<|>=|<=|!=|~>|[=<>~^]|"
_COMPARATOR = re.compile(rf"({_OPERATOR})\s*({_VERSION})", re.ASCII)
_SEPARATOR = re.compile(r"\s*,\s*|\s+", re.ASCII)
_HYPHEN = re.compile(rf"(?<![^\s,|])({_VERSION})\s+-\s+({_VERSION})", re.ASCII)
_WILD = re.compile(r"(?:^|\.)[xX]$")
_BLANKS = " \t\n\r\f\v"
ANY, MAJOR, MINOR, PATCH = range(4)
_ALIASES = {"": "=", "=>": ">=", "=<": "<=", "~>": "~"}


@dataclass(frozen=True, slots=True)
class Comparator:
    """An operator and its version. *given* says how far that was written out: `*` ANY, `1` MAJOR, `1.2.x` MINOR."""

    operator: str
    version: Version
    given: int
    text: str


@dataclass(frozen=True, slots=True)
class Hole:
    """What `!=` takes out, between two bounds; with *prerelease*, only the versions that end so."""

    bounds: tuple[str, str]
    prerelease: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Comparators that must all hold. *bounds* are theirs in node-semver's words: `>=1.2.3`, `<2.0.0-0`."""

    comparators: tuple[Comparator, ...]
    bounds: tuple[str, ...]
    holes: tuple[Hole, ...]
    prereleases: bool


def groups(pattern: str) -> tuple[Group, ...]:
    """The groups of a pattern, of which one must hold. Raises BadCondition, naming the part that is wrong."""
    found = tuple(_group(pattern, part) for part in _HYPHEN.sub(r">= \1, <= \2 ", pattern).split("||"))
    for group in found:
        for each in group.comparators:
            _refuse_wild_prerelease(pattern, each)
    return found


def _group(pattern: str, text: str) -> Group:
    comparators = tuple(_comparator(pattern, match) for match in _matches(pattern, text.strip(_BLANKS)))
    return Group(
        comparators,
        tuple(bound for each in comparators for bound in _bounds(each)),
        tuple(_hole(each) for each in comparators if each.operator == "!="),
        # Masterminds/semver since 3.4 (updatecli 0.103): one comparator with a prerelease opens the whole group for
        # them, where node opens it for the same three numbers only. Before, every comparator needed one, and
        # `>=16.0.4-0 <16.0.4` found nothing in February 2025.
        prereleases=any(each.version.prerelease for each in comparators),
    )


def _matches(pattern: str, text: str) -> Iterator[re.Match[str]]:
    position = 0
    while True:
        match = _COMPARATOR.match(text, position)
        if match is None:
            raise advice.refusal(pattern, text[position:])
        yield match
        if match.end() == len(text):
            return
        separator = _SEPARATOR.match(text, match.end())
        if separator is None:
            raise advice.refusal(pattern, text[position:])
        position = separator.end()


def _comparator(pattern: str, match: re.Match[str]) -> Comparator:
    operator, text = match.groups()
    core, _, prerelease = text.partition("+")[0].removeprefix("v").partition("-")
    numbers = list(takewhile(str.isdigit, core.split(".")))
    version = parse(".".join(numbers or ["0"]) + (f"-{prerelease}" if prerelease else ""))
    if version is None:
        raise advice.unparsable(pattern, match[0], prerelease)
    return Comparator(_ALIASES.get(operator, operator), version, len(numbers), match[0])


def _refuse_wild_prerelease(pattern: str, comparator: Comparator) -> None:
    """Masterminds reads `4.3.1-snapshot.x` as the one version of that name, which is never what was meant."""
    prerelease = comparator.version.prerelease
    if comparator.operator == "=" and comparator.given == PATCH and _WILD.search(prerelease):
        core, word = spell(comparator.version.core), prerelease[:-1].rstrip(".")
        window = f">={core}-{word}.0 <={core}-{word}.9999" if word else f">={core}-0 <{core}"
        raise BadCondition(
            f"In the pattern {quoted(pattern)} `{prerelease[-1]}` stands inside a prerelease, "
            "where it is no wildcard but a letter.",
            now=f"Write `{window}`.",
        )


def _bounds(comparator: Comparator) -> Iterator[str]:
    """What holds of a comparator's versions, as updatecli's Masterminds/semver has it."""
    operator, low, given = comparator.operator, comparator.version, comparator.given
    if operator == "=" and given < PATCH:
        operator = "~"
    if operator in {"~", "^", ">=", "="}:
        yield f">={low.canonical}"
    match operator:
        case "~" if low.core != (0, 0, 0) or given in {MAJOR, MINOR}:
            yield f"<{_above(low, min(given, MINOR))}"
        case "^":
            yield f"<{_above(low, _fixed_by_caret(comparator))}"
        case "=":
            yield f"<={low.canonical}"
        case "<":
            yield f"<{low.canonical}"
        case "<=":
            yield f"<={low.canonical}" if given == PATCH else f"<{_above(low, given or MINOR)}"
        case ">":
            yield f">={_above(low, given)}" if given in {MAJOR, MINOR} else f">{low.canonical}"


def _fixed_by_caret(comparator: Comparator) -> int:
    """The number up to which a caret holds fast: the first that is not zero, or the last that was given."""
    major, minor, _ = comparator.version.core
    if major > 0 or comparator.given == MAJOR:
        return MAJOR
    return MINOR if minor > 0 or comparator.given == MINOR else PATCH


def _above(version: Version, fixed: int) -> str:
    """The lowest of all versions that are above *version* in their numbers up to *fixed*."""
    major, minor, patch = version.core
    cores = {MAJOR: (major + 1, 0, 0), MINOR: (major, minor + 1, 0), PATCH: (major, minor, patch + 1)}
    return spell(cores[fixed], "0")


def _hole(comparator: Comparator) -> Hole:
    version, given = comparator.version, comparator.given
    if given not in {MAJOR, MINOR}:
        return Hole((f"<={version.canonical}", f">={version.canonical}"))
    bounds = f"<{_above(version, given)}", f">={spell(version.core, '0')}"
    # A quirk of theirs: `!=1.2` takes out the releases only, `!=1.2.x-rc.1` only what ends so.
    return Hole(bounds, version.prerelease if given == MINOR else None)
