"""Compiles a `kind: pep440` pattern: the specifiers of PEP 440 as updatecli's go-pep440-version reads them.

Where pip and that library part, the library is followed, because the manifests were written for it: prereleases count
with every specifier, a blank is as good as a comma, `||` is an alternative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from profile_cd.errors import BadCondition
from profile_cd.expressions import compiled
from profile_cd.neutral import quoted
from profile_cd.versions.prefixes import begins, compatible
from profile_cd.versions.semver import is_too_big

if TYPE_CHECKING:
    from packaging.version import Version

_NUMBER = r"[-_.]?[0-9]*"
_VERSION = (
    r"v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*"
    rf"(?:[-_.]?(?:alpha|a|beta|b|rc|c|preview|pre){_NUMBER})?"
    rf"(?:-[0-9]+|[-_.]?(?:post|rev|r){_NUMBER})?"
    rf"(?:[-_.]?dev{_NUMBER})?"
    r"(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?(?:\.\*)?"
)
_OPERATOR = r"===|==|=|!=|~=|>=|<=|>|<|"
_SPECIFIER = re.compile(rf"({_OPERATOR})\s*({_VERSION})", re.ASCII)
_SPECIFIERS = rf"^(?:\s*(?:{_OPERATOR})\s*{_VERSION}\s*,?)+\s*$"
_EQUAL = {"", "=", "==", "!="}
_SURELY_SMALL = 19  # digits


@dataclass(frozen=True, slots=True)
class Specifier:
    """An operator and its version; *version* is without the `.*` of *text*."""

    operator: str
    text: str
    version: Version

    def takes(self, version: Version, public: Version) -> bool:
        """Whether *version* satisfies it; *public* is the same without its local part (`+cpu`)."""
        match self.operator:
            case "===":
                return str(version).lower() == self.text.lower()
            case ">=":
                return public >= self.version
            case "<=":
                return public <= self.version
            case "<":
                return version < self.version and not self._hidden_below(version)
            case ">":
                return version > self.version and not self._hidden_above(version)
            case "~=":
                return public >= self.version and begins(str(public), compatible(self.text))
        return self._equals(version, public) == (self.operator != "!=")

    def _equals(self, version: Version, public: Version) -> bool:
        if self.text.endswith(".*"):
            return begins(str(public), self.text[:-2])
        return self.version == (version if self.version.local else public)

    def _hidden_below(self, version: Version) -> bool:
        """PEP 440: `<3.1` takes no prerelease of 3.1 itself."""
        return version.is_prerelease and not self.version.is_prerelease and _base(version) == _base(self.version)

    def _hidden_above(self, version: Version) -> bool:
        """PEP 440: `>3.1` takes no post release of 3.1 itself and nothing with a local part."""
        later = bool(version.local) or (version.is_postrelease and not self.version.is_postrelease)
        return later and _base(version) == _base(self.version)


Alternatives = tuple[tuple[Specifier, ...], ...]


def alternatives(pattern: str) -> Alternatives:
    """The groups of a pattern: one must hold, and in it every specifier. Raises BadCondition."""
    return tuple(_group(pattern, part) for part in pattern.split("||"))


def parse(text: str) -> Version | None:
    """The version in *text*, or None where there is none, or one of its numbers is beyond 64 bits."""
    if len(text) > _SURELY_SMALL and any(map(is_too_big, re.findall("[0-9]+", text))):
        return None  # such a one is none to updatecli either; Python itself refuses to read over 4,300 digits
    try:
        return _class()(text)
    except ValueError:
        return None


@cache
def _class() -> type[Version]:
    from packaging.version import Version  # takes 20 ms to import: only where a manifest wants it

    return Version


def public(version: Version) -> Version:
    """*version* without its local part."""
    return type(version)(version.public) if version.local else version


def _group(pattern: str, part: str) -> tuple[Specifier, ...]:
    part = ">=0.0.0" if part.strip() == "*" else part
    if compiled(_SPECIFIERS).search(part) is None:
        raise _refusal(pattern, "")
    return tuple(_specifier(pattern, match) for match in _SPECIFIER.finditer(part))


def _specifier(pattern: str, match: re.Match[str]) -> Specifier:
    operator, text = match.groups()
    version = parse(text.removesuffix(".*"))
    if version is None:
        raise _refusal(pattern, f"{quoted(text)} is no version that can be compared.")
    found, wild = Specifier(operator, text, version), text.endswith(".*")
    if wild and operator not in _EQUAL:
        raise _refusal(pattern, f"only `==` and `!=` take a `.*`, not {quoted(match[0])}.")
    if wild and (version.local or version.dev is not None):
        raise _refusal(pattern, f"a `.*` goes with no dev or local version, as in {quoted(match[0])}.")
    if operator == "~=" and len(version.release) == 1:
        raise _refusal(pattern, f"`~=` needs two numbers at least: {quoted(f'~={text}.0')}.")
    if version.local and operator not in {*_EQUAL, "==="}:
        raise _refusal(pattern, f"only `==`, `!=` and `===` take a local version, not {quoted(match[0])}.")
    return found


def _refusal(pattern: str, why: str) -> BadCondition:
    return BadCondition(
        f"The pattern {quoted(pattern)} is not a PEP 440 specifier{':' if why else '.'}",
        probably=why,
        now="Write comparisons with commas between them, like `>=1.2,<2` or `~=1.4.2`.",
    )


def _base(version: Version) -> tuple[int, tuple[int, ...]]:
    """What is the same for 3.1, 3.1.0, 3.1rc1 and 3.1.post1."""
    release = version.release
    while release and release[-1] == 0:
        release = release[:-1]
    return version.epoch, release
