"""Two lanes that touch one file: which changes of the second would end in conflict once the first is merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import plan
from profile_cd.model import Change, Kept, Plan, Snapshot

NEAR = 1
"""Git merges two changes of a file where at least one line between them stays as it is."""


def hold_back(judged: Plan, number: int, snapshot: Snapshot) -> Plan:
    """*judged* without what would conflict with the merge lane's pull request *number*, which is not merged yet."""
    waiting = adjoining(judged.lane("review"), judged.lane("merge"), snapshot)
    reason = f"Its line adjoins one of #{number}: it is proposed once that one is merged, so that neither conflicts."
    return replace(
        judged,
        changes=tuple(change for change in judged.changes if change not in waiting),
        kept=(*judged.kept, *(Kept(change, reason, decided=False) for change in waiting)),
    )


def adjoining(changes: Sequence[Change], pending: Sequence[Change], snapshot: Snapshot) -> list[Change]:
    """Those of *changes* whose lines adjoin lines that *pending* changes, both made on *snapshot*."""
    files = {change.file for change in changes}
    theirs = {path: plan.lines(pending, path, snapshot) for path in files}
    return [change for change in changes if _near(plan.lines([change], change.file, snapshot), theirs[change.file])]


def _near(ours: set[int], theirs: set[int]) -> bool:
    return any(abs(one - other) <= NEAR for one in ours for other in theirs)
