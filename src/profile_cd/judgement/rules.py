"""Judges what a draft would write: merge it, let a person review it, or keep what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from profile_cd import versions
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


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a manifest meant for one value: now, when the value was written, and just before; None: nothing."""

    now: object
    then: object | None
    before: object | None


def evidence(
    meanings: Meanings,
    *,
    writer: str,
    message: str,
    names: Sequence[str],
    manifest_commit: str,
    machines: Sequence[str],
) -> Evidence:
    """Whether a manifest decides otherwise since its value was written.

    A person's commit that wrote value and manifest together counts as changed since (design decision 3).
    """
    if meanings.then != meanings.now:
        return Evidence(writer[:7], changed=manifest_commit[:7] or writer[:7])
    together = meanings.before != meanings.now
    if together and not is_machine(message, names, machines):
        return Evidence(writer[:7], changed=writer[:7])
    return Evidence(writer[:7])


def is_machine(message: str, names: Sequence[str], machines: Sequence[str]) -> bool:
    """Whether a commit is a robot's: ours by its trailer, an earlier one's by its author or committer."""
    ours = any(line.startswith("Profile-CD:") for line in message.splitlines())
    return ours or any(name in machines for name in names)


def judge(draft: Draft, evidence: Mapping[Change, Evidence], review: ReviewMode) -> Plan:
    """The plan: each change in its lane, or kept. A change without an entry in *evidence* is merged.

    Nothing is merged on unknown evidence (design decision 3), and nothing goes down unless its manifest
    changed since (design decision 4).
    """
    changes: list[Change] = []
    kept: list[Kept] = []
    for change in draft.changes:
        known = evidence.get(change)
        if known is None:
            changes.append(change)
        elif known.unknown:
            reason = f"{known.unknown} Nothing is merged on unknown evidence; the next run tries again."
            kept.append(Kept(change, reason, decided=False))
        elif known.changed is not None:
            reviewed = replace(change, lane="review", why=_why(change, known))
            changes.append(reviewed if review == "changed-manifests" else change)
        elif goes_down(change):
            kept.append(Kept(change, _down(change, known)))
        else:
            changes.append(change)
    return Plan(tuple(changes), tuple(kept), draft.failures, draft.warnings, draft.unchanged)


def goes_down(change: Change) -> bool:
    """Whether what *change* writes is older than what stands there."""
    return versions.goes_down(change.old, change.new, change.version)


def _down(change: Change, known: Evidence) -> str:
    return (
        f"`{change.old}`, written by `{known.written_by}`, is newer than `{change.new}`, the newest that the source "
        "lists and the condition takes. Perhaps a person put it there, or the list is incomplete. It stays until "
        "something newer appears or the manifest changes."
    )


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
