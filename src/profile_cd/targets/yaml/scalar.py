"""How a text is spelled as a YAML scalar, so that every reader takes it for text."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

import yaml
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml.step import ValueKind

TEXT = "tag:yaml.org,2002:str"
_KINDS: dict[str, ValueKind] = {
    TEXT: "text",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "truth",
    "tag:yaml.org,2002:null": "nothing",
}
# What the two resolvers leave to be text and other readers do not: the words of YAML 1.1 that PyYAML never
# knew, and the numbers and dates of go-yaml.
_ELSEWHERE = re.compile(
    r"[yYnN]|[-+]?0[xob][0-9a-fA-F_]+|[-+]?\.?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"
)
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


def check(value: str) -> None:
    """Raise EditRefused where *value* cannot be written on one line for every reader to see."""
    for at, sign in enumerate(value):
        if unicodedata.category(sign) in _UNPRINTABLE:
            raise EditRefused(
                f"The value {value!a} cannot be written: its character {at + 1} is a line end, "
                "a control character or invisible.",
                probably="Probably the source or a transformer delivered more than a version.",
                now="Look at the value in its registry and at the manifest's transformers.",
            )


def spell(value: str, style: str, *, flow: bool, tag: str = "") -> str:
    """*value* in the quotes that were there; plain only where that reads as text.

    *style* is the old scalar's quote, empty for a plain one; *flow* says that it stands between brackets.
    """
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    if not style and _plain(value, flow=flow) and (tag == TEXT or _reads_as_text(value)):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reads_as_text(value: str) -> bool:
    """Whether the plain scalar *value* is text by YAML 1.1 and by YAML 1.2."""
    return not _ELSEWHERE.fullmatch(value) and implied_by_1_1(value) == TEXT and implied_by_1_2(value) == TEXT


@lru_cache(maxsize=1024)
def implied_by_1_1(value: str) -> str:
    """The tag of the plain scalar *value* by YAML 1.1, as PyYAML has it."""
    resolver = yaml.resolver.Resolver()
    return str(resolver.resolve(yaml.ScalarNode, value, (True, False)))  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1024)
def implied_by_1_2(value: str) -> str:
    """The tag of the plain scalar *value* by YAML 1.2, as ruamel.yaml has it."""
    resolver = VersionedResolver(version=(1, 2))
    return str(resolver.resolve(ScalarNode, value, (True, False)))


def kind(value: str, *, plain: bool, tag: str) -> ValueKind:
    """What a filter takes a scalar for, by YAML 1.2."""
    if tag:
        return _KINDS.get(tag, "other")
    return _KINDS.get(implied_by_1_2(value), "other") if plain else "text"


def number(text: str) -> float:
    """The number that a scalar of that kind holds; not a number where it cannot be known."""
    digits = text.replace("_", "").lower()
    try:
        return float(int(digits, 0)) if re.match(r"[-+]?0[xob]", digits) else float(digits.replace(".inf", "inf"))
    except (ValueError, OverflowError):
        return math.nan


def _plain(value: str, *, flow: bool) -> bool:
    if not value or value != value.strip() or value.startswith(("---", "...")):
        return False
    # Signs that begin something else than a plain scalar (YAML 1.2.2, section 7.3.3).
    if value[0] in ",[]{}#&*!|>'\"%@`" or re.match(r"[-?:](\s|$|[,\[\]{}])|[?:]", value):
        return False
    if ": " in value or " #" in value or value.endswith(":"):
        return False
    # Between brackets a comma or a bracket ends it, and a `?` may begin a key.
    return not (flow and re.search(r"[,\[\]{}?]", value))
