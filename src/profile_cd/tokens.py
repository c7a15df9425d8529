"""GitHub's tokens: of which kind one is by how it begins ("GitHub's token formats", since 2021), and when it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal["workflow", "app", "classic", "fine-grained", "person", ""]
"""What a token is: the workflow's own, a GitHub App's, one of a person's three; empty where its form is not known."""

ACTIONS = "github-actions[bot]"
BEGINNINGS: Mapping[str, Kind] = {"github_pat_": "fine-grained", "ghp_": "classic", "gho_": "person", "ghu_": "person"}
_OLD = re.compile(r"[0-9a-f]{40}")
"""A classic token from before 2021, or of a GitHub Enterprise Server from then."""

SOON = timedelta(days=14)
FORMATS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %z")
"""GitHub writes the first to most tokens, the second to those of an account with a time zone."""


def kind(text: str, login: str, *, merges: bool) -> Kind:
    """The kind of the token *text* of *login*; *merges* where it is given as `merge-token`.

    An App's token and a workflow's own begin alike: they differ by whose they are.
    """
    if text.startswith("ghs_"):
        return "workflow" if login == ACTIONS or not (login or merges) else "app"
    if _OLD.fullmatch(text):
        return "classic"
    return next((found for beginning, found in BEGINNINGS.items() if text.startswith(beginning)), "")


def end(text: str) -> datetime | None:
    """The moment that the header `github-authentication-token-expiration` names in *text*; None where there is none."""
    for form in FORMATS:
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007  # the zone follows
        except ValueError:
            continue
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return None


def soon(name: str, text: str, now: datetime) -> str:
    """A warning where the token of the input *name* ends within fourteen days of *now* (UTC); else empty."""
    moment = end(text)
    if moment is None or moment - now > SOON:
        return ""
    days = max(0, (moment - now).days)
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return (
        f"The token of `{name}` expires {when}, on {moment:%Y-%m-%d}. Make a new one and put it into the secret "
        "behind it: without it every run fails."
    )
