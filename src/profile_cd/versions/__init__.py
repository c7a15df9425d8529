"""Candidates and a condition → Choice. Knows nothing of sources and manifests; `model` builds on its nouns."""

from __future__ import annotations

from profile_cd.versions.choice import Choice, Verdict
from profile_cd.versions.choosing import check, choose
from profile_cd.versions.condition import KINDS, Condition
from profile_cd.versions.direction import Direction, direction
from profile_cd.versions.doubts import doubts
from profile_cd.versions.exclusions import Exclusion
from profile_cd.versions.order import Order
from profile_cd.versions.semver import parse, spell

__all__ = [
    "KINDS",
    "Choice",
    "Condition",
    "Direction",
    "Exclusion",
    "Order",
    "Verdict",
    "check",
    "choose",
    "direction",
    "doubts",
    "parse",
    "spell",
]
