"""Judges what a draft would write: merge it, let a person review it, or keep what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from profile_cd.inputs import ReviewMode
from profile_cd.judgement.changed_manifest import changed_manifest
from profile_cd.judgement.closed_by_person import closed_by_person
from profile_cd.judgement.downgrade import downgrade
from profile_cd.judgement.hold import hold
from profile_cd.judgement.incomparable import incomparable
from profile_cd.judgement.majors import majors
from profile_cd.judgement.minimum_age import minimum_age
from profile_cd.judgement.past import Writer
from profile_cd.judgement.persons_value import persons_value
from profile_cd.judgement.shrunken_list import shrunken_list
from profile_cd.judgement.unknown import unknown
from profile_cd.judgement.verdicts import Evidence, Fail, Keep, Review, Rule, Turn, Verdict
from profile_cd.model import Change, Commit, Kept, Plan, Problem, Turned
from profile_cd.plan import Draft

# The order is part of what is promised. A hold is a person's word for now, and beats all else. What cannot be known
# stops before any rule that reads evidence. A manifest that was changed on purpose wins over the value that a person
# wrote before (25 real disagreements say so), so it stands before `persons_value`; and a list that came back short must
# fail before it looks like a mere step down.
RULES: tuple[Rule, ...] = (
    hold,
    unknown,
    closed_by_person,
    minimum_age,
    changed_manifest,
    persons_value,
    shrunken_list,
    downgrade,
    incomparable,
    majors,
)
"""In their order: the first that has something to say decides, and a change of which none speaks is merged."""

NOTHING_DOUBTFUL = Evidence(raced=True)


def verdict(change: Change, evidence: Evidence, now: datetime) -> Verdict | None:
    """What the first rule that has something to say says of *change*; None where it is to be merged."""
    said = (rule(change, evidence, now) for rule in RULES)
    return next((each for each in said if each is not None), None)


def judge(
    draft: Draft, evidence: Mapping[Change, Evidence], review: ReviewMode, now: datetime, commits: str = ""
) -> Plan:
    """The plan: each change in its lane, or kept. Of a change without an entry in *evidence* nothing is doubtful.

    *commits* is what the address of a commit starts with, empty where there is none.
    """
    sorting = _Sorting()
    for change in draft.changes:
        known = evidence.get(change, NOTHING_DOUBTFUL)
        judged = replace(change, major=_is_major(change, known))
        sorting.add(judged, _found(judged, known, review, now), known.writer, commits)
    return Plan(
        tuple(sorting.changes),
        tuple(sorting.kept),
        (*draft.failures, *sorting.failures),
        (*draft.warnings, *sorting.warnings),
        draft.unchanged,
    )


def _is_major(change: Change, known: Evidence) -> bool:
    return known.facts is not None and known.facts.is_major(change)


def _found(change: Change, known: Evidence, review: ReviewMode, now: datetime) -> Verdict | None:
    found = verdict(change, known, now)
    if isinstance(found, Review) and not found.by_policy and review == "none":
        return majors(change, known, now)
    return found


@dataclass(frozen=True, slots=True)
class _Sorting:
    """The parts of a Plan while it is being put together."""

    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    failures: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def add(self, change: Change, found: Verdict | None, writer: Writer | None, commits: str) -> None:
        """Put *change* where the verdict wants it."""
        match found:
            case Fail():
                self.failures.append(Problem(change.manifest, change.path, change.line, found.reason))
            case Keep():
                self.kept.append(_kept(change, found, writer, commits))
                if found.warning:
                    self.warnings.append(Problem(change.manifest, change.path, change.line, found.warning))
            case Review():
                url = _url(found.commit, commits)
                turned = _turned(found.turn, writer, commits) if found.turn else None
                self.changes.append(replace(change, lane="review", why=found.why, commit_url=url, turned=turned))
            case None:
                self.changes.append(change)


def _kept(change: Change, found: Keep, writer: Writer | None, commits: str) -> Kept:
    until = f"{found.reason}. It stays until {found.release}." if found.release else found.reason
    named = writer or Writer("", "", "", ("",))
    return Kept(
        change,
        until,
        found.decided,
        by=named.by,
        at=named.at,
        commit=named.commit,
        url=_url(writer, commits),
        release=found.release,
    )


def _turned(turn: Turn, writer: Writer | None, commits: str) -> Turned:
    before = _commit(writer, commits) if writer and writer.commit != turn.commit.commit else None
    return Turned(_commit(turn.commit, commits), before, turn.then, turn.now, turn.chose)


def _commit(writer: Writer, commits: str) -> Commit:
    return Commit(writer.by, writer.commit, writer.subject, _url(writer, commits))


def _url(writer: Writer | None, commits: str) -> str:
    return f"{commits}{writer.commit}" if commits and writer and writer.commit else ""
