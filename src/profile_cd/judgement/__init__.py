"""A draft and evidence → Plan: what is merged, reviewed or kept."""

from __future__ import annotations

from profile_cd.judgement.announcement import Announcement
from profile_cd.judgement.rules import Evidence, Meanings, is_machine, judge

__all__ = ["Announcement", "Evidence", "Meanings", "is_machine", "judge"]
