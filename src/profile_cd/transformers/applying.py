"""From the version that was picked to the value that is written: a manifest's transformers, one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from profile_cd.errors import BadCondition
from profile_cd.expressions import compiled
from profile_cd.model import Transformer
from profile_cd.neutral import quoted
from profile_cd.transformers import increments
from profile_cd.transformers.quoting import quote
from profile_cd.transformers.reading import check
from profile_cd.transformers.shape import mapping_of, pairs_of, text_of

_REFERENCE = re.compile(r"\\([0-9]+)", re.ASCII)


def apply(transformers: Sequence[Transformer], version: str) -> str:
    """The value to write for *version*. Raises BadCondition where a transformer gets nothing to work on."""
    check(transformers)
    return run(transformers, version)


def run(transformers: Sequence[Transformer], version: str) -> str:
    """As `apply`, with transformers that are checked already."""
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


def _replaced(pairs: Sequence[Mapping[str, str]], value: str) -> str:
    """One pass from left to right: at each place the first pair that fits, and nothing replaced twice."""
    to = {pair["from"]: pair["to"] for pair in reversed(pairs)}
    return re.sub("|".join(re.escape(pair["from"]) for pair in pairs), lambda found: to[found[0]], value)


def _find(transformer: Transformer, value: str) -> str:
    match = compiled(text_of(transformer), "find").search(value)
    return (match.group() or "") if match else ""


def _find_submatch(transformer: Transformer, value: str) -> str:
    argument = mapping_of(transformer)
    expression = compiled(argument["pattern"], "findsubmatch.pattern")
    match = expression.search(value)
    if match is None:
        return ""

    def group(number: int) -> str:
        return (match.group(number) or "") if number <= expression.groups else ""

    if argument.get("capturepattern"):
        return _REFERENCE.sub(lambda found: group(int(found[1][:9])), argument["capturepattern"])
    return group(int(argument.get("captureindex") or 0))


_APPLY: Mapping[str, Callable[[Transformer, str], str]] = {
    "addprefix": lambda transformer, value: text_of(transformer) + value,
    "addsuffix": lambda transformer, value: value + text_of(transformer),
    "trimprefix": lambda transformer, value: value.removeprefix(text_of(transformer)),
    "trimsuffix": lambda transformer, value: value.removesuffix(text_of(transformer)),
    "replacers": lambda transformer, value: _replaced(pairs_of(transformer), value),
    "replacer": lambda transformer, value: _replaced(pairs_of(transformer), value),
    "find": _find,
    "findsubmatch": _find_submatch,
    "semverinc": lambda transformer, value: increments.increased(text_of(transformer), value),
    "quote": lambda _, value: quote(value),
    "unquote": lambda _, value: value.strip('"'),
}
