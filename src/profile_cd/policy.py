"""Judges what a draft would write: merge it, let a person review it, or keep what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from profile_cd.inputs import ReviewMode
from profile_cd.model import Change, Kept, Plan
from profile_cd.plan import Draft


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who wrote a value, and whether its manifest decides otherwise since then.

    *written_by* is the last commit that changed the value. *changed* is None where the manifest
    still means the same, else the short name of the commit that changed its meaning; *chose* is
    what it chose before. *unknown* says why there is no evidence.
    """

    written_by: str = ""
    changed: str | None = None
    chose: str = ""
    unknown: str = ""


def judge(draft: Draft, evidence: Mapping[Change, Evidence], review: ReviewMode) -> Plan:
    """The plan: each change in its lane, or kept. A change without an entry in *evidence* is merged.

    Nothing is merged on unknown evidence (design decision 3).
    """
    changes: list[Change] = []
    kept: list[Kept] = []
    for change in draft.changes:
        known = evidence.get(change) if review == "changed-manifests" else None
        if known is None:
            changes.append(change)
        elif known.unknown:
            kept.append(
                Kept(
                    change,
                    f"{known.unknown} Nothing is merged on unknown evidence; the next run tries again.",
                )
            )
        elif known.changed is not None:
            changes.append(replace(change, lane="review", why=_why(change, known)))
        else:
            changes.append(change)
    return Plan(tuple(changes), tuple(kept), draft.failures, draft.warnings, draft.unchanged)


def _why(change: Change, known: Evidence) -> str:
    before = f"It chose `{known.chose}` before and" if known.chose else "It"
    return (
        f"the manifest decides otherwise since `{known.changed}`, after this value was written by "
        f"`{known.written_by}`. {before} chooses `{change.new}` now."
    )


def keep(plan: Plan, reasons: Mapping[Change, str]) -> Plan:
    """*plan* with some changes left alone after all, each for its reason."""
    return replace(
        plan,
        changes=tuple(change for change in plan.changes if change not in reasons),
        kept=(*plan.kept, *(Kept(change, reason) for change, reason in reasons.items())),
    )
