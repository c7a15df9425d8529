"""A manifest's `versionfilter`, compiled when it is made: a Condition that exists is valid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from profile_cd.errors import BadCondition
from profile_cd.expressions import Replacement, replacement
from profile_cd.neutral import quoted
from profile_cd.versions.exclusions import Excluding, Exclusion
from profile_cd.versions.filter import Filter
from profile_cd.versions.listed import Latest, Lex, Regex
from profile_cd.versions.pep440 import Pep440
from profile_cd.versions.ranges import RegexSemver, Semver


@dataclass(frozen=True, slots=True)
class Condition:
    """Which versions may be taken. Fields as the manifest names them; two are equal where these are.

    *filter* is what they compile to. Making one raises BadCondition where it can never be right, whatever its
    source lists: an unknown kind, a pattern that is none.
    """

    kind: str = "latest"
    pattern: str = ""
    strict: bool = False
    regex: str = ""
    replaceall: tuple[str, str] | None = None
    track: str = ""
    exclude: tuple[Exclusion, ...] = ()
    filter: Filter = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        compiled = _known(self.kind)(self)
        if self.track and self.kind not in _TRACKED:
            raise BadCondition(
                f"`kind: {self.kind}` has no tracks: only semver knows prereleases.",
                now="Write `kind: semver` or `kind: regex/semver`, or leave out `track`.",
            )
        object.__setattr__(self, "filter", Excluding(compiled, self.exclude) if self.exclude else compiled)


def _replacement(condition: Condition) -> Replacement | None:
    return replacement(*condition.replaceall) if condition.replaceall else None


KINDS: Mapping[str, Callable[[Condition], Filter]] = {
    "latest": lambda written: Latest("" if written.pattern == "latest" else written.pattern),
    "lex": lambda _: Lex(),
    "pep440": lambda written: Pep440.of(written.pattern or "*"),
    "regex": lambda written: Regex.of(written.pattern or ".*", _replacement(written)),
    "regex/semver": lambda written: RegexSemver.of(
        written.regex, written.pattern, _replacement(written), written.track, strict=written.strict
    ),
    "semver": lambda written: Semver.of(written.pattern or "*", written.track, strict=written.strict),
}
"""How each kind is compiled, with the default of its pattern as updatecli has it."""

_TRACKED = ("semver", "regex/semver")
_REFUSED = ("time", "regex/time")


def _known(kind: str) -> Callable[[Condition], Filter]:
    if kind in KINDS:
        return KINDS[kind]
    kinds = ", ".join(f"`{each}`" for each in KINDS)
    if kind in _REFUSED:
        raise BadCondition(
            f"`kind: {kind}` is not supported: the times in its tags are not read.",
            now="Use `kind: lex`, which orders tags like `20240131` rightly, or `kind: regex/semver`.",
        )
    near = get_close_matches(kind.lower(), KINDS, 1)
    raise BadCondition(
        f"There is no `kind: {quoted(kind)[1:-1]}` of version filter.",
        probably=f"Perhaps `{near[0]}` was meant." if near else "",
        now=f"The kinds are {kinds}.",
    )
