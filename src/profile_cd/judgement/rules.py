"""Judges what a draft would write: merge it, let a person review it, or keep what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from profile_cd.inputs import ReviewMode
from profile_cd.judgement.changed_manifest import changed_manifest
from profile_cd.judgement.closed_by_person import closed_by_person
from profile_cd.judgement.downgrade import downgrade
from profile_cd.judgement.unknown import unknown
from profile_cd.judgement.verdicts import Evidence, Keep, Review, Rule
from profile_cd.model import Change, Kept, Plan
from profile_cd.plan import Draft

RULES: tuple[Rule, ...] = (
    unknown,
    closed_by_person,
    changed_manifest,
    downgrade,
)
"""In their order: the first that has something to say decides, and a change of which none speaks is merged."""


def verdict(change: Change, evidence: Evidence, now: datetime) -> Review | Keep | None:
    """What the first rule that has something to say says of *change*; None where it is to be merged."""
    said = (rule(change, evidence, now) for rule in RULES)
    return next((each for each in said if each is not None), None)


def judge(draft: Draft, evidence: Mapping[Change, Evidence], review: ReviewMode, now: datetime) -> Plan:
    """The plan: each change in its lane, or kept. Of a change without an entry in *evidence* nothing is doubtful."""
    changes: list[Change] = []
    kept: list[Kept] = []
    for change in draft.changes:
        known = evidence.get(change)
        found = verdict(change, known, now) if known is not None else None
        if isinstance(found, Keep):
            kept.append(Kept(change, found.reason, found.decided))
        elif isinstance(found, Review) and review == "changed-manifests":
            changes.append(replace(change, lane="review", why=found.why))
        else:
            changes.append(change)
    return Plan(tuple(changes), tuple(kept), draft.failures, draft.warnings, draft.unchanged)
