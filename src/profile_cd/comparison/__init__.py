"""What another tool left in a checkout, held against what we would write, and why they differ."""

from __future__ import annotations

from profile_cd.comparison.files import LARGEST, TOO_LARGE, Difference, Sides, compare
from profile_cd.comparison.values import Value, known
from profile_cd.comparison.words import as_json, lines, sum_up

__all__ = ["LARGEST", "TOO_LARGE", "Difference", "Sides", "Value", "as_json", "compare", "known", "lines", "sum_up"]
