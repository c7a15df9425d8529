"""Whether two texts say the same to whoever reads them as YAML, however they are written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import yaml

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import fault, scalar
from profile_cd.targets.yaml.tree import BOM

_SHAPELESS = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)
"""Events that say how a text is written and not what it says."""


def alike(one: str, other: str) -> bool:
    """Whether both hold the same documents: the same keys, values, types and anchors in the same order.

    Blanks, comments, quotes, indentation and line ends do not count. A text that is no YAML is like no other.
    """
    if one == other:
        return True
    try:
        return all(mine == yours for mine, yours in zip_longest(_meant(one), _meant(other)))
    except EditRefused:
        return False


def _meant(text: str) -> Iterator[tuple[str, ...]]:
    try:
        for event in yaml.parse(text.removeprefix(BOM), Loader=yaml.CBaseLoader):
            if not isinstance(event, _SHAPELESS):
                yield _word(event)
    except yaml.YAMLError as error:
        raise fault.not_yaml(text, error) from error


def _word(event: object) -> tuple[str, ...]:
    name = type(event).__name__
    anchor, tag = getattr(event, "anchor", None) or "", str(getattr(event, "tag", None) or "")
    if not isinstance(event, yaml.ScalarEvent):
        return name, anchor, tag
    implied = scalar.TEXT if event.style else scalar.implied_by_1_1(event.value)
    return name, anchor, tag or implied, event.value
