"""A draft and evidence → Plan: what is merged, reviewed or kept. One file per rule, in the tuple RULES."""

from __future__ import annotations

from profile_cd.judgement import announcement, carried, evidence, lanes, meanings
from profile_cd.judgement.announcement import Announcement
from profile_cd.judgement.authors import is_machine
from profile_cd.judgement.chosen import chosen
from profile_cd.judgement.downgrade import goes_down
from profile_cd.judgement.owners import Search
from profile_cd.judgement.past import Answers, At, Past, Questions, Range, Writer
from profile_cd.judgement.rules import RULES, judge, verdict
from profile_cd.judgement.verdicts import Evidence, Keep, Review

__all__ = [
    "RULES",
    "Announcement",
    "Answers",
    "At",
    "Evidence",
    "Keep",
    "Past",
    "Questions",
    "Range",
    "Review",
    "Search",
    "Writer",
    "announcement",
    "carried",
    "chosen",
    "evidence",
    "goes_down",
    "is_machine",
    "judge",
    "lanes",
    "meanings",
    "verdict",
]
