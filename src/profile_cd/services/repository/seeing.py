"""A pull request on its way to be merged, out of GitHub's answer to STATE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from profile_cd import merging

FAILED = {"FAILURE", "TIMED_OUT", "CANCELLED", "ACTION_REQUIRED", "STARTUP_FAILURE", "STALE", "ERROR"}


def seen(node: Mapping[str, Any], trouble: str) -> merging.Seen:
    """What a look at the pull request shows. *trouble* are the words of what GitHub did not answer beside it.

    The checks of a private repository are hidden from a token without `checks: read`: no check is shown then, which
    does not mean that there is none.
    """
    last = node["last"]["nodes"]
    rollup = last[-1]["commit"]["statusCheckRollup"] if last else None
    contexts = (rollup or {}).get("contexts") or {}
    return merging.Seen(
        state=node["state"],
        head=node["headRefOid"],
        mergeable=node["mergeable"],
        status=node["mergeStateStatus"],
        review=node["reviewDecision"] or "",
        armed=bool(node["autoMergeRequest"]),
        queued=bool(node["isInMergeQueue"]),
        merge_sha=(node["mergeCommit"] or {}).get("oid", ""),
        base=node["baseRefName"],
        commits=tuple(each["commit"]["oid"] for each in node["commits"]["nodes"]),
        checks=None if trouble and rollup is None else contexts.get("totalCount", 0),
        failed=_failed(contexts.get("nodes") or ()),
    )


def _failed(contexts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The required checks that failed and of which no other try is under way or went well."""
    ends: dict[str, list[bool]] = {}
    for each in contexts:
        if each and each["isRequired"]:
            name = str(each.get("name") or each.get("context") or "")
            ends.setdefault(name, []).append((each.get("conclusion") or each.get("state")) in FAILED)
    return tuple(name for name, failed in ends.items() if all(failed))
