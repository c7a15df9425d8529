"""Candidates and a condition → Choice."""

from __future__ import annotations

from profile_cd.versions.choosing import KINDS, check, choose, goes_down
from profile_cd.versions.regex import expression, search
from profile_cd.versions.semver import parse, spell
from profile_cd.versions.verdicts import quoted

__all__ = ["KINDS", "check", "choose", "expression", "goes_down", "parse", "quoted", "search", "spell"]
