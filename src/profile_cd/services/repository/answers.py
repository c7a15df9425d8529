"""What GitHub answered, in its own words, and what a person can change where they mean no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from profile_cd import bounded_json
from profile_cd.errors import GitHubRefused
from profile_cd.protocols import OK, SUCCESS
from profile_cd.services.retry import retry_after

NEXT_RUN = "Nothing is lost: the next run does everything again."
AT_ONCE = 50
"""Parts of one GraphQL question; GitHub answers within ten seconds or not at all."""
SECONDARY = "secondary rate limit"
NO_TIME_GIVEN = 60.0
"""Seconds to wait where GitHub only says that we are too fast ("at least one minute": its REST best practices)."""
MOST_PARTS = 2_000_000
"""Values of one answer: a tree of a hundred thousand files has seven hundred thousand."""
LONGEST_NUMBER = 12
"""Digits of a point in time that are read, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Said:
    """GitHub's answer to one REST request: its status and its parsed JSON (None where there is none)."""

    status: int
    data: Any

    @property
    def ok(self) -> bool:
        """Whether GitHub did what was asked."""
        return self.status in SUCCESS

    @property
    def message(self) -> str:
        """GitHub's own words, with the details of a validation error."""
        if not isinstance(self.data, dict):
            return f"status {self.status}"
        errors = errors_of(self.data)
        details = [
            str(error.get("message") or f"{error.get('field', '')} {error.get('code', '')}".strip())
            for error in errors
            if isinstance(error, dict)
        ] + [error for error in errors if isinstance(error, str)]
        return " ".join([str(self.data.get("message") or f"status {self.status}"), *details])


def errors_of(data: object) -> list[Any]:
    """What stands under `errors`, nothing where that is no list."""
    found = data.get("errors") if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def graphql_errors(data: object) -> str:
    """The words of GraphQL's errors, empty where there are none."""
    words = [str(error.get("message")) if isinstance(error, dict) else str(error) for error in errors_of(data)]
    return " ".join(words)


def limit(status: int, headers: Mapping[str, str], body: str, now: datetime) -> float | None:
    """The seconds that a rate limit asks us to wait, None where the answer is no rate limit.

    GitHub says it in four ways (REST, "Rate limits"; GraphQL, "Rate limits"): status 403 or 429 with `Retry-After`,
    with a remaining count of 0, or with words alone; and in GraphQL's errors with status 200.
    """
    words = body.lower()
    spent = headers.get("x-ratelimit-remaining") == "0"
    wanted = retry_after(headers, now)
    slower = status in {403, 429} and (spent or "rate limit" in words or "retry-after" in headers)
    if not slower and not (status == OK and _limits_graphql(words)):
        return None
    if wanted is not None:
        return wanted
    reset = headers.get("x-ratelimit-reset", "")
    if spent and reset.isascii() and reset.isdecimal():
        return max(0.0, float(reset[:LONGEST_NUMBER]) - now.timestamp())
    return NO_TIME_GIVEN if SECONDARY in words else 1.0


def _limits_graphql(body: str) -> bool:
    """Whether a GraphQL answer with status 200, in lower case, is a rate limit; files may hold the same words."""
    if '"rate_limited"' not in body and SECONDARY not in body:
        return False
    data, _ = parsed(body)
    found = [error for error in errors_of(data) if isinstance(error, dict)]
    return any(error.get("type") == "rate_limited" or SECONDARY in str(error.get("message")) for error in found)


def parsed(body: str) -> tuple[Any, bool]:
    """The JSON of *body*, and whether it is any."""
    if not body.strip():
        return None, True
    try:
        return bounded_json.loads(body, most=MOST_PARTS), True
    except bounded_json.NoJson:
        return None, False


MERGES = "contents: write, pull-requests: write"
"""What a job needs that proposes and merges, in a workflow's words."""
ADVICE = (
    (
        "not permitted to create or approve pull requests",
        "In Settings → Actions → General, tick “Allow GitHub Actions to create and approve pull requests”.",
    ),
    (
        "resource not accessible",
        f"Give the job `permissions: {MERGES}`; a token of your own needs the same.",
    ),
    (
        "saml enforcement",
        "Authorise the token for the organisation: Settings → Developer settings → the token → Configure SSO.",
    ),
    ("was archived", "Unarchive the repository in its settings: nothing can be written to it."),
    (
        "draft pull requests are not supported",
        "Leave out the input `draft`: this repository's plan has no drafts.",
    ),
    (
        "rule violation",
        "A ruleset covers our branch: exempt `profile-cd/*` in Settings → Rules, or set the input `branch-prefix`.",
    ),
    (
        "protected branch",
        "Branch protection covers our branch: let its pattern spare `profile-cd/*`, or set `branch-prefix`.",
    ),
    (
        "reference update failed",
        "Perhaps a branch is called as the input `branch-prefix` is: rename that branch, or set another prefix.",
    ),
    (
        "reference cannot be updated",
        "Perhaps a branch is called as the input `branch-prefix` is: rename that branch, or set another prefix.",
    ),
    ("bad credentials", "The token expired or was revoked: renew the secret behind it."),
    ("could not resolve to a repository", "The token does not see this repository: give it access to it."),
    ("not found", "The token does not see this repository: give it access to it."),
)
"""GitHub's words, in lower case, and what to change where."""


def refused(what: str, said: Said, needs: str = MERGES) -> GitHubRefused:
    """The error for an answer that means no, with the advice that belongs to GitHub's words.

    *needs* are the permissions of a job that may do it.
    """
    words = said.message
    lower = words.lower()
    now = next((advice for phrase, advice in ADVICE if phrase in lower), "").replace(MERGES, needs)
    return GitHubRefused(f"{what}: {words.rstrip('.')} (status {said.status}).", now=now)
