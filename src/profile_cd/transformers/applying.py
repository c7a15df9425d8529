"""From the version that was picked to the value that is written: a manifest's transformers, one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from profile_cd.errors import BadCondition
from profile_cd.expressions import compiled
from profile_cd.model import Transformer
from profile_cd.neutral import quoted
from profile_cd.transformers import shape
from profile_cd.versions import parse, spell

ORDER: tuple[str, ...] = shape.ORDER
"""The keys of one item, in the order in which they run."""

_REFERENCE = re.compile(r"\\([0-9]+)", re.ASCII)
_ESCAPES = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    '"': r"\"",
    "\\": r"\\",
}
_ASCII = 0x80
_BASIC_PLANE = 0x10000
_PARTS = ("major", "minor", "patch")


def read(item: Mapping[str, object]) -> tuple[Transformer, ...]:
    """The transformers of one item of a manifest's list, in the order in which updatecli runs them.

    Keys are in their present spelling, scalars are text as it is written in the manifest (or Python's own).
    Keys that are not set (null, empty, `false`) are left out. Raises BadCondition.
    """
    for name in item:
        if name not in ORDER:
            raise BadCondition(f"There is no transformer {quoted(name)}.", now=shape.suggestion(name, ORDER))
    found = ((name, shape.shaped(name, item[name])) for name in ORDER if name in item)
    transformers = tuple(Transformer(name, argument) for name, argument in found if argument is not None)
    check(transformers)
    return transformers


def check(transformers: Sequence[Transformer]) -> None:
    """Raise BadCondition for a transformer that can never work, whatever the version."""
    for each in transformers:
        if each.name == "jsonmatch":
            raise BadCondition(
                "The transformer `jsonmatch` is not supported: a version is no JSON.",
                now="Use `findsubmatch` to cut a part out of the version.",
            )
        if each.name not in _APPLY:
            raise BadCondition(f"There is no transformer {quoted(each.name)}.", now=shape.suggestion(each.name, ORDER))
        if each.name == "find":
            compiled(_text(each), "find")
        if each.name == "findsubmatch":
            compiled(_mapping(each)["pattern"], "findsubmatch.pattern")
        if each.name == "semverinc":
            _rules(_text(each))


def apply(transformers: Sequence[Transformer], version: str) -> str:
    """The value to write for *version*. Raises BadCondition where a transformer gets nothing to work on."""
    check(transformers)
    value = version
    for each in transformers:
        if not value:
            raise BadCondition(
                f"The transformer `{each.name}` has nothing to work on: nothing is left of {quoted(version)}.",
                probably="Perhaps an expression in a `find` or `findsubmatch` before it does not match.",
                now="Compare the expression with the version.",
            )
        value = _APPLY[each.name](each, value)
    return value


def _text(transformer: Transformer) -> str:
    return cast("str", transformer.argument)


def _mapping(transformer: Transformer) -> Mapping[str, str]:
    return cast("Mapping[str, str]", transformer.argument)


def _replaced(pairs: Sequence[Mapping[str, str]], value: str) -> str:
    """One pass from left to right: at each place the first pair that fits, and nothing replaced twice."""
    to = {pair["from"]: pair["to"] for pair in reversed(pairs)}
    return re.sub("|".join(re.escape(pair["from"]) for pair in pairs), lambda found: to[found[0]], value)


def _replacers(transformer: Transformer, value: str) -> str:
    return _replaced(cast("Sequence[Mapping[str, str]]", transformer.argument), value)


def _find(transformer: Transformer, value: str) -> str:
    match = compiled(_text(transformer), "find").search(value)
    return (match.group() or "") if match else ""


def _find_submatch(transformer: Transformer, value: str) -> str:
    argument = _mapping(transformer)
    expression = compiled(argument["pattern"], "findsubmatch.pattern")
    match = expression.search(value)
    if match is None:
        return ""

    def group(number: int) -> str:
        return (match.group(number) or "") if number <= expression.groups else ""

    if argument.get("capturepattern"):
        return _REFERENCE.sub(lambda found: group(int(found[1][:9])), argument["capturepattern"])
    return group(int(argument.get("captureindex") or 0))


def _rules(text: str) -> list[str]:
    rules = text.split(",")
    wrong = next((rule for rule in rules if rule not in _PARTS), None)
    if wrong is not None:
        raise BadCondition(
            f"`semverinc` does not know {quoted(wrong)}.",
            now="Write `major`, `minor` or `patch`; several with commas between them and no blanks.",
        )
    return rules


def _increased(transformer: Transformer, value: str) -> str:
    version = parse(value)
    if version is None:
        raise BadCondition(
            f"`semverinc` cannot count {quoted(value)} up: that is not a version.",
            now="Cut the version out first, with `findsubmatch` or `trimprefix`.",
        )
    (major, minor, patch), prerelease = version.core, version.prerelease
    for rule in _rules(_text(transformer)):
        match rule:
            case "major":
                major, minor, patch = major + 1, 0, 0
            case "minor":
                minor, patch = minor + 1, 0
            case _ if not prerelease:
                patch += 1  # the release that a prerelease precedes is its next patch
        prerelease = ""
    return spell((major, minor, patch))


def _quoted(_: Transformer, value: str) -> str:
    """In double quotes, escaped as Go does it."""
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if character.isprintable():
        return character
    if code < _ASCII:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _BASIC_PLANE else f"\\U{code:08x}"


_APPLY: Mapping[str, Callable[[Transformer, str], str]] = {
    "addprefix": lambda transformer, value: _text(transformer) + value,
    "addsuffix": lambda transformer, value: value + _text(transformer),
    "trimprefix": lambda transformer, value: value.removeprefix(_text(transformer)),
    "trimsuffix": lambda transformer, value: value.removesuffix(_text(transformer)),
    "replacers": _replacers,
    "replacer": lambda transformer, value: _replaced([_mapping(transformer)], value),
    "find": _find,
    "findsubmatch": _find_submatch,
    "semverinc": _increased,
    "quote": _quoted,
    "unquote": lambda _, value: value.strip('"'),
}
