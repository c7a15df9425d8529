"""`tagfilter`: an RE2 expression that keeps the tags in which it is found, before any condition."""

from __future__ import annotations

from profile_cd.errors import ProfileError, SourceFailed, Unreadable
from profile_cd.expressions import compiled
from profile_cd.fields import Written
from profile_cd.sources.kind import Versions


def check(spec: Written) -> None:
    """Raise Unreadable for an expression that is none."""
    expression = spec.text("tagfilter")
    try:
        compiled(expression, "tagfilter")
    except ProfileError as error:
        raise Unreadable(error.what, line=spec.at("tagfilter"), probably=error.probably, now=error.now) from error


def kept(expression: str, tags: tuple[str, ...]) -> Versions:
    """Those of *tags* that *expression* keeps; all where it is empty."""
    if not expression:
        return tags
    try:
        wanted = compiled(expression, "tagfilter")
    except ProfileError as error:
        return SourceFailed(error.what, probably=error.probably, now=error.now)
    return tuple(tag for tag in tags if wanted.search(tag))
