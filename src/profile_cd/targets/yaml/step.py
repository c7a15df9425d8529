"""What a yaml target's `key` consists of, as frozen values: steps, and the conditions within them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Range: TypeAlias = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Named:
    """`.name`, `['name']` or `['one', 'other']`."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """`.*` or `[*]`: all items, or all values of a mapping."""

    text: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """`[0]`, `[-1]`, `[0, 2]` or `[0:4:2]`: items by their place."""

    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Deep:
    """`..`: the node itself and everything below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Where:
    """`[?( … )]`: what a condition holds of."""

    text: str
    condition: Condition


Step: TypeAlias = Named | Every | Numbered | Deep | Where

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
ValueKind = Literal["text", "number", "truth", "nothing", "other"]


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar with the kind of thing that it is; only like is compared with like."""

    kind: ValueKind
    text: str


@dataclass(frozen=True, slots=True)
class Below:
    """`@.a.b` or `$.a.b`: what a path finds below the node at hand, or below the root."""

    root: bool
    steps: tuple[Step, ...]


Term: TypeAlias = Value | Below


@dataclass(frozen=True, slots=True)
class Compare:
    """`@.x == 'y'`."""

    left: Term
    operator: Operator
    right: Term


@dataclass(frozen=True, slots=True)
class Matches:
    """`@.x =~ /y/`."""

    left: Term
    pattern: str


@dataclass(frozen=True, slots=True)
class Not:
    """`!( … )`."""

    one: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """`… && …`."""

    each: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`… || …`."""

    each: tuple[Condition, ...]


Condition: TypeAlias = Compare | Matches | Not | AllOf | AnyOf | Below | Value


def written(names: list[str]) -> str:
    """A path in its usual spelling, like `$.a['b.c'][0]`; of *names*, `[0]` stands for an item."""
    return "$" + "".join(name if name.startswith("[") else step(name) for name in names)


def step(name: str) -> str:
    """`.name`, or `['na.me']` where it cannot stand after a dot."""
    if re.fullmatch(r"[\w-]+", name):
        return f".{name}"
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"
