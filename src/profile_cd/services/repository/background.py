"""A merge in the background, out of GitHub's answers to `merge-async` (GitHub's changelog, 1 October 2026)."""

from __future__ import annotations

import re

from profile_cd import merging
from profile_cd.services.repository.answers import Said

REFUSED = 405
"""What GitHub answers to a direct merge that its rules refuse: a failed one in the background has words only."""
_REQUEST = re.compile(r"[0-9A-Za-z-]{1,64}")


def answered(said: Said) -> merging.AnswerOfGitHub:
    """What GitHub says of a merge that was asked for, or that is followed by its name."""
    body = said.data if isinstance(said.data, dict) else {}
    details = body.get("details")
    details = details if isinstance(details, dict) else {}
    match body.get("status"):
        case "merged":
            return merging.Merged(str(details.get("sha") or "")) if details.get("sha") else merging.Lost()
        case "enqueued":
            return merging.Armed()
        case "failed":
            return merging.Refused(REFUSED, str(details.get("message") or "The merge failed."))
        case "pending" if _REQUEST.fullmatch(str(details.get("uuid") or "")):
            return merging.Pending(str(details["uuid"]))
    return merging.Refused(said.status, said.message)
