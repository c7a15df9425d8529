"""What is wrong with a semver pattern, and what to write instead."""

from __future__ import annotations

import re

from profile_cd.errors import BadCondition
from profile_cd.neutral import quoted

_LONGEST = 200
_REGEX = re.compile(r"[\\()\[\]{}$?]|\.\*|\.\+|\|")
_WORD = re.compile(r"[A-Za-z][\w.-]*")
_NUMBERS = re.compile(r"[=<>~^!]*\s*v?[0-9]+(\.[0-9]+){3,}")
_IN_PRERELEASE = re.compile(r"([^-\s]*?)v?(\d+(?:\.\d+){0,2})-([0-9A-Za-z.-]*?)[.-]?\*")
_TOGETHER = re.compile(r"(.*?[0-9xX*])\s*([=<>~^!].*)")


def refusal(pattern: str, rest: str) -> BadCondition:
    """Why *pattern* is no semver constraint, where *rest* is what could not be read."""
    piece = re.split(r"[\s,]", rest, maxsplit=1)[0][:_LONGEST]
    if " - " in pattern and not piece.strip("=<>~^!"):
        piece = "-"
    return BadCondition(f"The pattern {quoted(pattern)} is not a semver constraint: {_wrong(piece, rest)}")


def unparsable(pattern: str, piece: str, prerelease: str) -> BadCondition:
    """Why the version in *piece* is none although it looks like one."""
    zeros = next((each for each in prerelease.split(".") if re.fullmatch("0[0-9]+", each)), None)
    if zeros is not None:
        why = (
            f"in {quoted(piece)} the prerelease {quoted(zeros)} is a number with leading zeros. "
            f"Write {quoted(piece.replace(zeros, zeros.lstrip('0') or '0', 1))}."
        )
    elif not prerelease or all(prerelease.split(".")):
        why = f"a number in {quoted(piece)} does not fit into 64 bits. Write a smaller one."
    else:
        why = f"the prerelease in {quoted(piece)} has an empty part. Write something between its dots."
    return BadCondition(f"The pattern {quoted(pattern)} is not a semver constraint: {why}")


def _wrong(piece: str, rest: str) -> str:
    if not rest:
        return "there is nothing on one side of a `||` or a comma. Delete it, or write `*` for any version."
    inside = _IN_PRERELEASE.match(piece)
    if inside and not re.search(r"[\\()\[\]{}$?]", piece):
        core, word = inside[2], inside[3] or "0"
        window = f">={core}-{word}.0 <={core}-{word}.9999" if inside[3] else f">={core}-0 <{core}"
        return f"in {quoted(piece)} a `*` stands inside a prerelease, where it means nothing. Write `{window}`."
    if _REGEX.search(piece):
        core = re.search(r"\d+\.\d+\.\d+", piece)
        instead = f"`^{core[0]}` (`^{core[0]}-0` with prereleases)" if core else "a range like `^1.2.0`"
        return (
            f"{quoted(piece)} is written as a regular expression. Write {instead}, "
            "or `kind: regex/semver` with the expression as `regex` and the version in its first group."
        )
    return _misspelt(piece)


def _misspelt(piece: str) -> str:
    together = _TOGETHER.fullmatch(piece)
    if piece.startswith("=="):
        return f"{quoted(piece)} has one `=` too many. Write `{piece[1:]}`."
    if piece.startswith("V"):
        return f"{quoted(piece)} has an upper-case V. Write `v{piece[1:]}`."
    if piece == "latest":
        return "`latest` is no range. Write `*` for the newest release."
    if piece in {"and", "&&", "&"}:
        return f"{quoted(piece)} is no operator. Leave a blank between two comparisons that must both hold."
    if piece == "or":
        return "`or` is no operator. Write `||`."
    if piece == "-":
        return "a range `A - B` has a bare version on either side. Write `1.2.0 - 2.0.0`, or `>=1.2.0 <=2.0.0`."
    if _NUMBERS.match(piece):
        return f"{quoted(piece)} has more than three numbers. Write three at most."
    if together:
        return f"{quoted(piece)} needs a blank before the second comparison. Write `{together[1]} {together[2]}`."
    if _WORD.fullmatch(piece):
        return f"{quoted(piece)} is a word. Write a version, or a range like `^1.2.0`."
    return f"{quoted(piece)} cannot be read. Write an operator and a version, like `>=1.2.0`, or a range like `^1.2.0`."
