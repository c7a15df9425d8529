"""Chooses: candidates and a condition in, a Choice out. The one door to the filters, and so to node-semver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from profile_cd.errors import BadCondition
from profile_cd.model import Choice, Condition
from profile_cd.versions import filters, lint
from profile_cd.versions.semver import parse
from profile_cd.versions.verdicts import quoted

KINDS: Mapping[str, Callable[[Sequence[str], Condition], Choice]] = {
    "latest": filters.latest,
    "lex": filters.lex,
    "pep440": filters.pep440,
    "regex": filters.regex,
    "regex/semver": filters.regex_semver,
    "semver": filters.semver,
}
_REFUSED = ("time", "regex/time")


def check(condition: Condition) -> list[str]:
    """What a person should know of a condition, in sentences, before anything is asked.

    Raises BadCondition where it can never be right, whatever its source lists.
    """
    _known(condition.kind)
    return [*lint.unused(condition), *lint.warnings(condition)]


def choose(candidates: Sequence[str], condition: Condition, *, delivered_order: bool = False) -> Choice:
    """Pick the newest of *candidates* that *condition* takes, in the source's own spelling, with a verdict on each.

    *candidates* come as their source delivers them. *delivered_order* says that this order is that of their age,
    oldest first, so that `kind: latest` may go by it. A verdict is `taken` where the condition takes the version,
    picked or not. Raises BadCondition, as `check`; an odd tag raises nothing.
    """
    chooser = _known(condition.kind)
    if delivered_order and condition.kind == "latest":
        return filters.latest_delivered(candidates, condition)
    return chooser(candidates, condition)


def goes_down(old: str, new: str, version: str) -> bool:
    """Whether the value *new*, made of *version*, stands for an older version than the value *old*.

    False where the two values do not have the same text around their versions, or hold none.
    """
    for spelled in (version, version.removeprefix("v")):
        head, found, tail = new.partition(spelled)
        if found and old.startswith(head) and old.endswith(tail) and len(old) > len(head) + len(tail):
            was, now = parse(old[len(head) : len(old) - len(tail)]), parse(spelled)
            return was is not None and now is not None and was.order > now.order
    return False


def _known(kind: str) -> Callable[[Sequence[str], Condition], Choice]:
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
