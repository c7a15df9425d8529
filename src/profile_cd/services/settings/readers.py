"""The tokens of a check, asked in turn until one may see what is asked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from profile_cd.errors import GitHubRefused
from profile_cd.services.repository import GitHubApi, Said

MOST_PAGES = 12
"""Of a hundred names each: an organisation has a thousand secrets at most, a repository a hundred."""
MOST_FAILURES = 2
"""Questions that GitHub leaves unanswered, each after four tries, before it is asked nothing more."""


class Readers:
    """One repository, seen with each of *apis*; what the first may not see is asked of the next."""

    def __init__(self, apis: Sequence[GitHubApi]) -> None:
        self._apis = tuple(apis)
        self._failures = 0

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> Said | None:
        """The first good answer, else the last of the others; None where GitHub gave none."""
        last: Said | None = None
        for api in self._apis:
            said = self.one(api, path, parameters)
            if said is not None and said.ok:
                return said
            last = said or last
        return last

    def one(self, api: GitHubApi, path: str, parameters: Mapping[str, str] | None = None) -> Said | None:
        """The answer to the token of *api*; None where GitHub gave none, or has failed too often before."""
        if self._failures >= MOST_FAILURES:
            return None
        try:
            return api.read(path, parameters)
        except GitHubRefused:
            self._failures += 1
            return None

    def mapping(self, path: str) -> Mapping[str, Any] | None:
        """The object at *path*, None where no token may see it."""
        return mapping_of(self.get(path))

    def listed(self, path: str, key: str = "", size: int = 100) -> tuple[tuple[Mapping[str, Any], ...], bool] | None:
        """All objects of a list, below *key* where it has a total count, and whether no page of *size* is missing.

        None where no token may see the first page. A page that is short is the last one only where GitHub does not
        say how many there are: a server may list fewer at once than it is asked for.
        """
        found: list[Mapping[str, Any]] = []
        seen, total = 0, math.inf
        for page in range(1, MOST_PAGES + 1):
            said = self.get(path, {"per_page": str(size), "page": str(page)})
            values = _values(said, key)
            if said is None or values is None:
                return (tuple(found), False) if page > 1 else None
            found += [each for each in values if isinstance(each, dict)]
            seen, total = seen + len(values), _count(said.data) if key else math.inf
            if not values or seen >= total or (total == math.inf and len(values) < size):
                return tuple(found), total == math.inf or seen >= total
        return tuple(found), False


def mapping_of(said: Said | None) -> Mapping[str, Any] | None:
    """The object that a good answer holds, None for any other."""
    return said.data if said is not None and said.ok and isinstance(said.data, dict) else None


def _values(said: Said | None, key: str) -> list[Any] | None:
    if said is None or not said.ok:
        return None
    data = said.data
    if key:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, list) else None


def _count(data: Mapping[str, Any]) -> float:
    """How many there are in all, as far as GitHub says."""
    total = data.get("total_count")
    return total if isinstance(total, int) and total > 0 else math.inf


def texts(values: object, *way: str) -> Iterator[str]:
    """The text at the end of *way* in each value of a list, where there is one: nobody vouches for its shape."""
    for each in values if isinstance(values, list | tuple) else ():
        inner = each
        for step in way:
            inner = inner.get(step) if isinstance(inner, Mapping) else None
        if isinstance(inner, str):
            yield inner


def inner(values: object, key: str) -> Mapping[str, Any]:
    """The object below *key*, an empty one where there is none."""
    found = values.get(key) if isinstance(values, Mapping) else None
    return found if isinstance(found, Mapping) else {}
