"""One call of GitHub's API on its way through the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.github.people import Token
from sandbox.github.refusals import Refused
from sandbox.github.repository import Repository
from sandbox.github.state import State
from sandbox.net import Request, Response


@dataclass(frozen=True)
class Call:
    """A request of one *token* to one *repository*; *parts* are the variables of its path, unquoted."""

    request: Request
    state: State
    token: Token
    parts: Mapping[str, str]
    api: str
    _repository: Repository | None = None

    @property
    def repository(self) -> Repository:
        """The repository that the path names."""
        assert self._repository is not None
        return self._repository

    @property
    def root(self) -> str:
        """The address of the repository in the API."""
        return f"{self.api}/repos/{self.repository.name}"

    @property
    def web(self) -> str:
        """The address of GitHub for browsers."""
        return "https://github.com" if self.request.host == "api.github.com" else self.request.origin

    @property
    def page(self) -> str:
        """The address of the repository for browsers."""
        return f"{self.web}/{self.repository.name}"

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent; Refused where it is none."""
        try:
            value = self.request.json()
        except json.JSONDecodeError:
            raise Refused(400, "Problems parsing JSON") from None
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise Refused(400, "Body should be a JSON object")
        return value

    def need(self, permission: str) -> None:
        """Refuse the call where the token lacks *permission*."""
        if not self.token.may(permission):
            raise Refused(403, self.token.refusal)


Handler = Callable[[Call], Response]
Routes = Mapping[str, tuple[str, Handler]]
"""`METHOD /path/{variable}` → the permission that it needs, and who answers."""


def paged(call: Call, values: Sequence[Any]) -> Response:
    """One page of *values*, with a Link header to the others."""
    size = max(1, min(100, _number(call.request.first("per_page"), 30)))
    page = max(1, _number(call.request.first("page"), 1))
    last = max(1, -(-len(values) // size))
    address = f"{call.request.origin}{call.request.path}"
    fixed = "".join(
        f"&{name}={value}"
        for name, many in call.request.query.items()
        for value in many
        if name not in ("page", "per_page")
    )
    pages = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    wanted = ["prev", "first"] * (page > 1) + ["next", "last"] * (page < last)
    links = [f'<{address}?per_page={size}&page={pages[name]}{fixed}>; rel="{name}"' for name in pages if name in wanted]
    headers = {"Link": ", ".join(links)} if links else {}
    return Response.of_json(list(values[(page - 1) * size : page * size]), 200, headers)


def _number(text: str, default: int) -> int:
    return int(text) if text.isdigit() else default
