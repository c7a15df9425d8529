"""What GitLab shows of its pipelines, to those who may read: one by its number, or the one that a lost answer named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from profile_cd.credentials import Secret
from profile_cd.errors import SourceFailed
from profile_cd.fanout import Project
from profile_cd.protocols import OK, Answer, Clock
from profile_cd.services.gitlab.words import said
from profile_cd.services.web import Broken, Question, Transport

LONGEST = 20.0
"""Seconds for one look."""

GRAIN = timedelta(seconds=2)
"""GitLab's header `Date` has whole seconds, and is a moment old when it comes."""

_HIDDEN = frozenset({400, 401, 403, 404})
_NUMBER = re.compile(r"[0-9]{1,20}")
_PAGE = re.compile(r"https?://[\x21-\x7e]{1,1000}")
_STATUS = re.compile(r"[a-z_]{1,40}")
_TRIGGER = re.compile(r"/(ref/.+/)?trigger/pipeline/?$")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline that GitLab created. *doubled*: an earlier answer was lost, so there may be two.

    *found* says that it was not this answer that named it, but a look after a lost one. *url* is empty where GitLab
    names no address: GitHub would refuse the record that holds another text. *at* is when we knew of it, in seconds of
    the clock's `monotonic`.
    """

    id: int
    url: str
    status: str
    doubled: bool = False
    found: bool = False
    at: float = 0.0


def named(spoken: object) -> Pipeline | None:
    """The pipeline that GitLab speaks of, None where that is none."""
    if not isinstance(spoken, dict) or not _NUMBER.fullmatch(str(spoken.get("id", ""))):
        return None
    url, status = str(spoken.get("web_url") or ""), str(spoken.get("status") or "")
    return Pipeline(
        int(str(spoken["id"])),
        url if _PAGE.fullmatch(url) else "",
        status if _STATUS.fullmatch(status) else "created",
    )


class Reader:
    """Sees what *token* may read, over *transport*; without one, what everybody may."""

    def __init__(self, transport: Transport, clock: Clock, token: Secret) -> None:
        self._transport = transport
        self._clock = clock
        self._token = token

    def status(self, project: Project, number: int) -> str | None:
        """What GitLab says of a pipeline now: empty where it does not show it to us, None where it does not answer."""
        answer = self._look(project, f"/{number}")
        if answer is None:
            return None
        spoken = said(answer)
        if answer.status == OK and isinstance(spoken, dict) and spoken.get("status"):
            return str(spoken["status"])
        return "" if answer.status in _HIDDEN else None

    def appeared(self, project: Project, began: datetime, given: Mapping[str, str]) -> Pipeline | None:
        """The pipeline that a trigger with the variables *given* has started since *began*, None where none is seen.

        A pipeline of an earlier run may have fetched the profile before what is deployed now was merged, and two
        entries of PROJECTS may start one project with other variables: neither is the one that is looked for.
        """
        if not self._token:
            return None
        # Newest first. By its own clock: a filter by time would hide it wherever the clocks differ.
        asked = {"source": "trigger", "ref": project.ref, "per_page": "20"}
        answer = self._look(project, f"?{urlencode(asked)}")
        if answer is None or answer.status != OK:
            return None
        since = began + self._ahead(answer) - GRAIN
        candidates = (each for each in _listed(answer, since) if self._is_ours(project, each, given))
        found = next(candidates, None)
        return replace(found, found=True) if found else None

    def _ahead(self, answer: Answer) -> timedelta:
        """How far GitLab's clock is ahead of ours."""
        try:
            return parsedate_to_datetime(answer.headers.get("date", "")) - self._clock.now()
        except (ValueError, TypeError, OverflowError):
            return timedelta()

    def _is_ours(self, project: Project, pipeline: Pipeline, given: Mapping[str, str]) -> bool:
        """Whether it was given what ours is given, as far as this token sees it.

        Variables are shown to maintainers, inputs to nobody. What cannot be distinguished is taken for ours only where
        the project's entry has neither of its own, so that any pipeline of it deploys the same.
        """
        answer = self._look(project, f"/{pipeline.id}/variables")
        listed = said(answer) if answer is not None and answer.status == OK else None
        if isinstance(listed, list):
            shown = {each.get("key"): each.get("value") for each in listed if isinstance(each, dict)}
            return not project.inputs and all(shown.get(name) == value for name, value in given.items())
        return not project.inputs and not project.variables

    def _look(self, project: Project, ending: str) -> Answer | None:
        headers = {"PRIVATE-TOKEN": self._token.reveal()} if self._token else {}
        url = _TRIGGER.sub("/pipelines", project.url) + ending
        try:
            return self._transport.once(Question("GET", url, headers), LONGEST)
        except (Broken, SourceFailed):
            return None


def _listed(answer: Answer, since: datetime) -> Iterator[Pipeline]:
    spoken = said(answer)
    for each in spoken if isinstance(spoken, list) else ():
        found = named(each)
        if found is not None and _made(each, since):
            yield found


def _made(spoken: Mapping[str, object], since: datetime) -> bool:
    try:
        made = datetime.fromisoformat(str(spoken.get("created_at")))
    except ValueError:
        return False
    return made.tzinfo is not None and made >= since
