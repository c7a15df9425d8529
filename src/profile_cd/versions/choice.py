"""What comes of a condition and a list: a verdict on every candidate, and the one that is picked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition says of one candidate, spelled as its source spells it."""

    version: str
    taken: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The version that a condition picks, and its verdict on every candidate, newest first where it has an order.

    *picked* is None where nothing is taken; *reason* then says why, in words for the manifest's author. *by_position*
    says that the verdicts stand in the order of the source's list, newest first, because the condition goes by it.
    Whoever wants to know more (what else would do, what is odd about it) looks at the verdicts: nobody chooses again.
    """

    picked: str | None
    verdicts: tuple[Verdict, ...]
    reason: str = ""
    by_position: bool = False
