"""Asking a source once more, past every cache on the way: a list that was read may be minutes old.

GitHub Pages lets an answer live for ten minutes (`Cache-Control: max-age=600`), and so do fronts of registries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from profile_cd.credentials import Login
from profile_cd.errors import SourceFailed
from profile_cd.model import Source
from profile_cd.protocols import NOT_MODIFIED, Answer, Web
from profile_cd.sources.asking import ask, kind_of
from profile_cd.sources.budget import Budget
from profile_cd.sources.kind import Versions
from profile_cd.sources.session import Session

Item = TypeVar("Item")
Result = TypeVar("Result")

PAST_CACHES = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
"""A cache on the way asks its origin before it answers (RFC 9111, sections 5.2.1.4 and 5.4)."""


@dataclass(slots=True)
class FreshWeb:
    """The *web* behind it, asked past caches. Large answers are asked for by their ETag: megabytes come once."""

    web: Web
    known: dict[str, Answer] = field(default_factory=dict)

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, large: bool = False, public: bool = False
    ) -> Answer:
        """GET *url*, as any web."""
        before = self.known.get(url) if large else None
        same = {"If-None-Match": before.headers["etag"]} if before else {}
        asked = {**(headers or {}), **PAST_CACHES, **same}
        answer = self.web.get(url, headers=asked, large=large, public=public)
        if before and answer.status == NOT_MODIFIED:
            return before
        if large and answer.headers.get("etag"):
            self.known[url] = answer
        return answer

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """HEAD *url*, as any web."""
        return self.web.head(url, headers={**(headers or {}), **PAST_CACHES})

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """POST a question: nobody keeps its answer."""
        return self.web.post(url, json=json, headers=headers)

    def git_refs(self, url: str, login: Login | None = None) -> Mapping[str, str]:
        """The references of a repository: servers never let them be kept."""
        return self.web.git_refs(url, login)

    def side_by_side(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result | SourceFailed]:
        """As the web behind it."""
        return self.web.side_by_side(function, items)


def fresh(session: Session) -> Session:
    """*session* past caches. What it keeps while it asks again and again does not count twice."""
    return replace(session, web=FreshWeb(session.web))


def again(source: Source, spellings: Sequence[str], listed: Sequence[str], session: Session) -> Versions:
    """What *source* lists by now, out of a `fresh` session; *listed* is what it did, and a version is missing of it.

    That is asked for by each of its *spellings* where the protocol can; there are none where only its end is known.
    """
    for version in spellings:
        by_name = kind_of(source).exists(source, version, session)
        if by_name is None:
            break
        if by_name:
            return (*listed, version)
    else:
        if spellings:
            return tuple(listed)
    return ask([source], replace(session, budget=Budget()))[source]


def keeps(source: Source, version: str) -> bool:
    """Whether *source* lets *version* be chosen from at all, before any condition."""
    return kind_of(source).keeps(source, version)
