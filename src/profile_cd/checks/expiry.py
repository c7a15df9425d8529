"""When a token ends, as the header `github-authentication-token-expiration` says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SOON = timedelta(days=14)
FORMATS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %z")
"""GitHub writes the first to most tokens, the second to those of an account with a time zone."""


def end(text: str) -> datetime | None:
    """The moment that GitHub's words *text* name; None where there is none."""
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
