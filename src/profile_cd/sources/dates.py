"""When versions were published: asked only where a manifest's policy wants an age."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from profile_cd.errors import SourceFailed
from profile_cd.model import Source
from profile_cd.sources.asking import kind_of
from profile_cd.sources.session import Session

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def created(pairs: Iterable[tuple[Source, str]], session: Session) -> Mapping[tuple[Source, str], datetime | None]:
    """When each (source, version) was published, in UTC; None where nobody says or the question fails."""
    wanted = list(dict.fromkeys(pairs))

    def one(pair: tuple[Source, str]) -> datetime | None:
        source, version = pair
        return _moment(kind_of(source).created(source, version, session))

    answers = zip(wanted, session.web.side_by_side(one, wanted), strict=True)
    return {pair: None if isinstance(answer, SourceFailed) else answer for pair, answer in answers}


def _moment(text: str) -> datetime | None:
    """RFC 3339 as the world writes it, with nanoseconds; None for what is none, or says no zone."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, time, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{time}{zone.upper().replace('Z', '+00:00')}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
