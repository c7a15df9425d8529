"""A draft and evidence → Plan: what is merged, reviewed or kept. One file per rule, in the tuple RULES."""

from __future__ import annotations

from profile_cd.judgement import announcement, carried, evidence, facts, lanes, meanings
from profile_cd.judgement.announcement import Announcement
from profile_cd.judgement.authors import is_machine
from profile_cd.judgement.became import Awaited, Became, Decided, became
from profile_cd.judgement.chosen import chosen, described
from profile_cd.judgement.facts import Facts
from profile_cd.judgement.owners import Search
from profile_cd.judgement.past import Answers, At, Past, Questions, Range, Revision, Writer
from profile_cd.judgement.rules import RULES, judge, verdict
from profile_cd.judgement.verdicts import Evidence, Fail, Keep, Review, Turn

__all__ = [
    "RULES",
    "Announcement",
    "Answers",
    "At",
    "Awaited",
    "Became",
    "Decided",
    "Evidence",
    "Facts",
    "Fail",
    "Keep",
    "Past",
    "Questions",
    "Range",
    "Review",
    "Revision",
    "Search",
    "Turn",
    "Writer",
    "announcement",
    "became",
    "carried",
    "chosen",
    "described",
    "evidence",
    "facts",
    "is_machine",
    "judge",
    "lanes",
    "meanings",
    "verdict",
]
