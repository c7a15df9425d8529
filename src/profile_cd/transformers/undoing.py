"""Back from a value to the versions that it may stand for.

Only so it can be said of a value that stands in a file whether the next one is newer. Some transformers lose what they
cut off, so guesses are made, in the way of a version at hand, and none counts that does not give the value again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from profile_cd.errors import BadCondition
from profile_cd.model import Transformer
from profile_cd.transformers import increments
from profile_cd.transformers.applying import run
from profile_cd.transformers.shape import mapping_of, pairs_of, text_of

_CUT = {"addprefix", "addsuffix", "trimprefix", "trimsuffix", "find", "quote", "unquote"}
_MOST = 64
"""How many guesses are followed: each step makes three at most of one."""


def origins(
    transformers: Sequence[Transformer], value: str, like: str = "", listed: Sequence[str] = ()
) -> tuple[str, ...]:
    """The versions of which *transformers* make *value*: those of *listed*, else what undoing each step leads to.

    *like* is a version that went the same way; what is cut off of it is put back onto *value*. Empty where no
    version is found.
    """
    known = set(listed)
    guesses = [each for each in _guesses(transformers, value, like) if _applied(transformers, each) == value]
    found = [each for each in guesses if each in known]
    found = found or [each for each in listed if _applied(transformers, each) == value]
    return tuple(found or guesses)


def cuts_and_adds(transformers: Sequence[Transformer]) -> bool:
    """Whether they only cut off and add text: a value that they would never make may still be read as a version.

    A person typed `v1.2.0` where `trimprefix: v` writes 1.2.0, or the whole tag where a part of it is written.
    """
    return all(each.name in _CUT or (each.name == "findsubmatch" and not _put_together(each)) for each in transformers)


def _put_together(step: Transformer) -> bool:
    return bool(mapping_of(step).get("capturepattern"))


def _applied(transformers: Sequence[Transformer], version: str) -> str | None:
    try:
        return run(transformers, version)
    except BadCondition:
        return None


def _guesses(transformers: Sequence[Transformer], value: str, like: str) -> list[str]:
    guesses = [value]
    for step, (before, after) in reversed(list(zip(transformers, _trace(transformers, like), strict=False))):
        found = (each for guess in guesses for each in _undone(step, guess, before, after))
        guesses = list(dict.fromkeys(found))[:_MOST]
    return guesses


def _trace(transformers: Sequence[Transformer], version: str) -> Iterator[tuple[str, str]]:
    """What each step gets of *version* and what it makes of it; empty texts where it does not get so far."""
    for each in transformers:
        after = (_applied([each], version) or "") if version else ""
        yield version, after
        version = after


def _undone(step: Transformer, value: str, before: str, after: str) -> list[str]:
    """What *step* may have made *value* of; of *before* it made *after*."""
    undo = _UNDO.get(step.name)
    found = undo(step, value) if undo is not None else [*_in_place_of(after, before, value), value]
    return [value, *found] if before == after else found


def _in_place_of(part: str, whole: str, value: str) -> Iterator[str]:
    """*value* where *part* stood in *whole*: `1.9.0` in `app-1.9.0` and the value 1.10.0 are `app-1.10.0`."""
    at = whole.find(part) if part else -1
    while at >= 0:
        yield f"{whole[:at]}{value}{whole[at + len(part) :]}"
        at = whole.find(part, at + 1)


def _replaced_back(step: Transformer, value: str) -> list[str]:
    """Nothing where something was deleted: nobody knows from where."""
    back = value
    for pair in reversed(pairs_of(step)):
        if not pair["to"]:
            return []
        back = back.replace(pair["to"], pair["from"])
    return [back, value]


_UNDO: Mapping[str, Callable[[Transformer, str], list[str]]] = {
    "addprefix": lambda step, value: [value.removeprefix(text_of(step))],
    "addsuffix": lambda step, value: [value.removesuffix(text_of(step))],
    "trimprefix": lambda step, value: [text_of(step) + value, value],
    "trimsuffix": lambda step, value: [value + text_of(step), value],
    "replacer": _replaced_back,
    "replacers": _replaced_back,
    "semverinc": lambda step, value: [increments.decreased(text_of(step), value)],
    "quote": lambda _, value: [value[1:-1]],
    "unquote": lambda _, value: [value, f'"{value}"'],
}
