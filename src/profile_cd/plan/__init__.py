"""Choices and texts → Draft: what would be written, byte for byte."""

from __future__ import annotations

from profile_cd.plan.direction import direction
from profile_cd.plan.drafting import Answers, Draft, chosen, confirm, draft
from profile_cd.plan.showing import shown
from profile_cd.plan.targets import path_of, problems
from profile_cd.plan.writing import lines, stands, texts

__all__ = [
    "Answers",
    "Draft",
    "chosen",
    "confirm",
    "direction",
    "draft",
    "lines",
    "path_of",
    "problems",
    "shown",
    "stands",
    "texts",
]
