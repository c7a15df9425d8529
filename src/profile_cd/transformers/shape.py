"""What a transformer's argument may look like in a manifest, made uniform."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import cast

from profile_cd.errors import BadCondition
from profile_cd.model import Transformer
from profile_cd.neutral import quoted

ORDER = (
    "addprefix",
    "addsuffix",
    "trimprefix",
    "trimsuffix",
    "replacers",
    "replacer",
    "find",
    "findsubmatch",
    "semverinc",
    "quote",
    "unquote",
    "jsonmatch",
)
"""The keys of one item, in the order in which they run."""

_PAIR = "Write it as `{from: …, to: …}`."
_SUBMATCH = ("pattern", "captureindex", "capturepattern")


def text_of(transformer: Transformer) -> str:
    """The argument of one that takes a text."""
    return cast("str", transformer.argument)


def mapping_of(transformer: Transformer) -> Mapping[str, str]:
    """The argument of one that takes a mapping."""
    return cast("Mapping[str, str]", transformer.argument)


def pairs_of(transformer: Transformer) -> Sequence[Mapping[str, str]]:
    """What `replacer` or `replacers` replaces by what: `from` and `to`."""
    if transformer.name == "replacer":
        return [mapping_of(transformer)]
    return cast("Sequence[Mapping[str, str]]", transformer.argument)


def suggestion(name: str, known: Collection[str]) -> str:
    """What was probably meant by *name*."""
    near = get_close_matches(name.lower(), known, 1)
    return f"Perhaps `{near[0]}` was meant." if near else f"There are {', '.join(f'`{each}`' for each in known)}."


def shaped(name: str, argument: object) -> object | None:
    """The argument of the transformer *name*, all scalars as text; None where it is as good as not there.

    Raises BadCondition where its shape is another one.
    """
    if argument is None or argument == "":
        return None
    match name:
        case "replacers":
            return _pairs(argument)
        case "replacer":
            return _pair(name, argument)
        case "findsubmatch":
            return _submatch(argument)
        case "quote" | "unquote":
            return _flag(name, argument)
        case "jsonmatch":
            return argument
    return _text(name, argument)


def _text(name: str, argument: object) -> str:
    if isinstance(argument, str):
        return argument
    if isinstance(argument, bool):
        return "true" if argument else "false"
    if isinstance(argument, int | float):
        return str(argument)
    raise BadCondition(f"`{name}` wants a text, not a list or a mapping.", now=f"Write `{name}: …` on one line.")


def _flag(name: str, argument: object) -> str | None:
    if argument in (True, "true", "True", "TRUE"):
        return "true"
    if argument in (False, "false", "False", "FALSE"):
        return None
    raise BadCondition(f"`{name}` is switched on with `true` and off with `false`, nothing else.")


def _fields(name: str, argument: object, known: Collection[str], advice: str) -> dict[str, str]:
    if not isinstance(argument, Mapping):
        raise BadCondition(f"`{name}` wants a mapping.", now=advice)
    for key in argument:
        if key not in known:
            raise BadCondition(f"`{name}` has no key {quoted(str(key))}.", now=suggestion(str(key), known))
    return {str(key): _text(f"{name}.{key}", value) for key, value in argument.items() if value is not None}


def _pair(name: str, argument: object) -> dict[str, str]:
    fields = _fields(name, argument, ("from", "to"), _PAIR)
    if not fields.get("from"):
        raise BadCondition(f"`{name}` does not say what to replace.", now=_PAIR)
    return {"from": fields["from"], "to": fields.get("to", "")}


def _pairs(argument: object) -> list[dict[str, str]] | None:
    if not isinstance(argument, list | tuple):
        raise BadCondition("`replacers` wants a list.", now=f"{_PAIR} once or more, each behind a `- `.")
    return [_pair("replacers", each) for each in argument] or None


def _submatch(argument: object) -> dict[str, str]:
    advice = "Write it as `{pattern: …, captureindex: 1}`."
    found = {"pattern": argument} if isinstance(argument, str) else argument
    fields = _fields("findsubmatch", found, _SUBMATCH, advice)
    if not fields.get("pattern"):
        raise BadCondition("`findsubmatch` has no `pattern`.", now=advice)
    index = fields.get("captureindex", "0")
    if not (index.isascii() and index.isdigit() and len(index) < 4):  # noqa: PLR2004 (no expression has 1,000 groups)
        raise BadCondition(f"`captureindex` is the number of a group, not {quoted(index)}.", now=advice)
    return fields
