"""Facts about tokens and settings → what is fine, what to set where, and what cannot be known."""

from __future__ import annotations

from profile_cd.checks.expiry import soon
from profile_cd.checks.facts import Facts, Line
from profile_cd.checks.settings import found

__all__ = ["Facts", "Line", "found", "soon"]
