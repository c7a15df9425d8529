"""One function per kind of filter: candidates in, a Choice out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion
from packaging.version import Version as PythonVersion

from profile_cd.errors import BadCondition
from profile_cd.model import Choice, Condition
from profile_cd.versions.regex import expression, grouped, replace_all, search
from profile_cd.versions.semver import Version, parse
from profile_cd.versions.verdicts import (
    NO_MATCH,
    NOT_A_VERSION,
    NOT_NAMED,
    OUTSIDE,
    PRERELEASE,
    is_noise,
    quoted,
    settle,
)
from profile_cd.versions.window import reason, windows

Judged = list[tuple[str, str]]


def semver(candidates: Sequence[str], condition: Condition) -> Choice:
    """The newest version in the range; of equal ones the first listed."""
    parsed = [(parse(text, strict=condition.strict), text) for text in candidates]
    found = [(version, text) for version, text in parsed if version is not None]
    rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
    return settle([*_in_range(found, condition.pattern or "*"), *rest], condition)


def regex_semver(candidates: Sequence[str], condition: Condition) -> Choice:
    """As `semver`, over what the expression's first group catches; without a pattern, prereleases count as well."""
    compiled, rest = grouped(condition.regex), list[tuple[str, str]]()
    found: dict[str, tuple[Version, str]] = {}
    superseded: list[tuple[Version, str]] = []
    for text in candidates:
        match = search(compiled, _replaced(text, condition))
        caught = match.group(1) if match else None
        version = parse(caught, strict=condition.strict) if caught is not None else None
        if caught is None or version is None:
            rest.append((text, NO_MATCH if match is None or caught is None else NOT_A_VERSION))
            continue
        if caught in found:
            superseded.append(found[caught])
        found[caught] = (version, text)
    return settle([*_in_range([*found.values(), *superseded], condition.pattern), *rest], condition)


def _in_range(found: list[tuple[Version, str]], pattern: str) -> Judged:
    found = sorted(found, key=lambda each: each[0].order, reverse=True)
    if not pattern:
        return [(text, "") for _, text in found]
    laid = windows(pattern, [version for version, _ in found])
    return [(text, reason(laid, index, version)) for index, (version, text) in enumerate(found)]


def regex(candidates: Sequence[str], condition: Condition) -> Choice:
    """The last in the source's own order that the expression is found in."""
    compiled = expression(condition.pattern or ".*")

    def judged(text: str) -> str:
        if is_noise(text):
            return NOT_A_VERSION
        return "" if search(compiled, _replaced(text, condition)) else NO_MATCH

    return settle([(text, judged(text)) for text in reversed(candidates)], condition)


def _replaced(text: str, condition: Condition) -> str:
    return replace_all(*condition.replaceall, text) if condition.replaceall else text


def latest_delivered(candidates: Sequence[str], condition: Condition) -> Choice:
    """The last that the source delivered, or exactly the one that the pattern names."""
    return settle(
        [(text, NOT_A_VERSION if is_noise(text) else _unnamed(text, condition)) for text in reversed(candidates)],
        condition,
    )


def latest(candidates: Sequence[str], condition: Condition) -> Choice:
    """The newest release (a prerelease where there is none), or exactly the one that the pattern names.

    Ordered as versions and not as delivered: an image's tags come in the order of their letters, which puts
    v0.0.9 above v0.0.14. Only where nothing is a version does the delivered order count.
    """
    if _names(condition):
        return latest_delivered(candidates, condition)
    parsed = [(parse(text), text) for text in candidates]
    found = [(version, text) for version, text in parsed if version is not None]
    if not found:
        return latest_delivered(candidates, condition)
    found.sort(key=lambda each: each[0].order, reverse=True)
    releases = any(not version.prerelease for version, _ in found)
    rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
    return settle(
        [*((text, PRERELEASE if releases and version.prerelease else "") for version, text in found), *rest], condition
    )


def _names(condition: Condition) -> bool:
    return condition.pattern not in {"", "latest"}


def _unnamed(text: str, condition: Condition) -> str:
    return NOT_NAMED if _names(condition) and text != condition.pattern else ""


def lex(candidates: Sequence[str], condition: Condition) -> Choice:
    """The last in the order of bytes."""
    ordered = sorted(candidates, key=lambda text: text.encode("utf-8", "surrogatepass"), reverse=True)
    return settle([(text, NOT_A_VERSION if is_noise(text) else "") for text in ordered], condition)


def pep440(candidates: Sequence[str], condition: Condition) -> Choice:
    """The newest by Python's rules; prereleases only where the pattern names one, or `*` finds nothing else."""
    sets = [(each, bool(each.prereleases)) for each in specifiers(condition.pattern or "*")]
    parsed = [(_python(text), text) for text in candidates]
    found = [(version, text) for version, text in parsed if version is not None]
    found.sort(key=lambda each: each[0], reverse=True)
    prereleases = not sets and all(version.is_prerelease for version, _ in found)

    def judged(version: PythonVersion) -> str:
        if not sets:
            return PRERELEASE if version.is_prerelease and not prereleases else ""
        if any(each.contains(version, prereleases=named) for each, named in sets):
            return ""
        hidden = version.is_prerelease and any(each.contains(version, prereleases=True) for each, _ in sets)
        return PRERELEASE if hidden else OUTSIDE

    rest = [(text, NOT_A_VERSION) for version, text in parsed if version is None]
    return settle([*((text, judged(version)) for version, text in found), *rest], condition)


@lru_cache(maxsize=512)
def specifiers(pattern: str) -> tuple[SpecifierSet, ...]:
    """The alternatives of a `kind: pep440` pattern, none for `*`. Raises BadCondition."""
    if pattern.strip() == "*":
        return ()
    try:
        return tuple(SpecifierSet(part) for part in pattern.split("||"))
    except InvalidSpecifier as error:
        raise BadCondition(
            f"The pattern {quoted(pattern)} is not a PEP 440 specifier.",
            now="Write comparisons with commas between them, like `>=1.2,<2` or `~=1.4.2`.",
        ) from error


def _python(text: str) -> PythonVersion | None:
    try:
        return PythonVersion(text)
    except InvalidVersion:
        return None
