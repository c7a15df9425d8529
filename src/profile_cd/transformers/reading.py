"""A manifest's transformers, read and checked before any version is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd.errors import BadCondition
from profile_cd.expressions import compiled
from profile_cd.model import Transformer
from profile_cd.neutral import quoted
from profile_cd.transformers import increments, shape
from profile_cd.transformers.shape import ORDER


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
        if each.name not in ORDER:
            raise BadCondition(f"There is no transformer {quoted(each.name)}.", now=shape.suggestion(each.name, ORDER))
        if each.name == "find":
            compiled(shape.text_of(each), "find")
        if each.name == "findsubmatch":
            compiled(shape.mapping_of(each)["pattern"], "findsubmatch.pattern")
        if each.name == "semverinc":
            increments.rules(shape.text_of(each))
