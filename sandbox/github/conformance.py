"""What was said between a client and the sandbox's GitHub, held against GitHub's own descriptions."""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.templating.responses.exceptions import ResponseNotFound
from openapi_core.validation.request.exceptions import MissingRequestBody
from werkzeug.datastructures import Headers, ImmutableMultiDict

from sandbox.github import graphql
from sandbox.github.rest import routes
from sandbox.net import Exchange, Request, Response

DESCRIPTION = Path(__file__).with_name("openapi.json.gz")
HOST = "https://api.github.com"
ANYWHERE = {301, 307, 401, 403, 404, 409, 422, 429}
"""What GitHub answers to any operation, whether it describes it there or not: a renamed repository, a refusal."""


DESCRIBED = {"content-type", "location", "link", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"}
"""The headers of which GitHub's description says anything."""


NAME = re.compile(rb"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
"""The name of an object of Git."""


class Asked:
    """A request as openapi-core wants it."""

    def __init__(self, request: Request, path: str) -> None:
        query = [(name, value) for name, values in request.query.items() for value in values]
        self.host_url, self.path, self.method = HOST, path, request.method.lower()
        self.parameters = RequestParameters(query=ImmutableMultiDict(query), header=Headers(dict(request.headers)))
        # PyGithub sends the JSON text "null" where there is no body.
        self.body = None if request.body in (b"", b"null") else request.body
        self.content_type = "application/json"


class Answered:
    """An answer as openapi-core wants it."""

    def __init__(self, response: Response) -> None:
        self.status_code, self.headers = response.status, Headers(dict(response.headers))
        self.data = response.body
        self.content_type = response.headers.get("Content-Type", "application/json").partition(";")[0]


def faults(exchanges: Iterable[Exchange]) -> list[str]:
    """One line for each thing that GitHub's descriptions do not allow, in the order of *exchanges*."""
    return [fault for exchange in exchanges for fault in check(exchange)]


def check(exchange: Exchange) -> list[str]:
    """One line for each thing in *exchange* that GitHub's descriptions do not allow; none where it was cut."""
    if not exchange.response.status or _is_fine(Form.of(exchange)):
        return []
    return list(_faults(exchange))


@dataclass(frozen=True, slots=True)
class Form:
    """An exchange but for the digits and the object names in it: a thousand differ in nothing else.

    openapi-core takes ten milliseconds for each, which was half of what the whole suite took.
    """

    asked: bytes
    answered: bytes
    exchange: Exchange = field(compare=False)

    @classmethod
    def of(cls, exchange: Exchange) -> Form:
        """The form of an exchange. What has a digit more or less where a description counts them has its own."""
        request, response = exchange.request, exchange.response
        asked = repr((request.method, request.path, request.query, _headers(request))).encode() + request.body
        answered = repr((response.status, _headers(response))).encode() + response.body
        return cls(_without_digits(asked), _without_digits(answered), exchange)


def _without_digits(text: bytes) -> bytes:
    text = NAME.sub(b"0" * 40, text)
    # A text of nothing but digits is a file's mode: only some are allowed.
    return re.sub(rb'"\d+"|\d', lambda found: found[0] if len(found[0]) > 1 else b"0", text)


def _headers(message: Request | Response) -> list[tuple[str, str]]:
    """Those that can be wrong: the others name ports, lengths and moments."""
    return sorted((name, value) for name, value in message.headers.items() if name.lower() in DESCRIBED)


@functools.lru_cache(maxsize=10_000)
def _is_fine(form: Form) -> bool:
    return not any(_faults(form.exchange))


def _faults(exchange: Exchange) -> Iterator[str]:
    request, response = exchange.request, exchange.response
    path = request.path.removeprefix("/api/v3")
    if path in ("/graphql", "/api/graphql"):
        yield from (f"graphql: {words}" for words in _of_graphql(request))
        return
    found = _template(request.method, path)
    if found is None:
        if path.startswith("/repos/"):
            yield f"{request.method} {path} is no operation that the sandbox knows"
        return
    asked, answered = Asked(request, found), Answered(response)
    if response.status < 400:
        for error in description().iter_request_errors(asked):
            if not isinstance(error, MissingRequestBody):
                yield f"{request.method} {path} was asked wrongly: {_words(error)}"
    for error in description().iter_response_errors(asked, answered):
        if isinstance(error, ResponseNotFound) and response.status in ANYWHERE:
            yield from _of_refusal(request, response)
        else:
            yield f"{request.method} {path} was answered {response.status} wrongly: {_words(error)}"


def _of_graphql(request: Request) -> list[str]:
    return [error.message for error in graphql.checked(json.loads(request.body)["query"])[1]]


def _of_refusal(request: Request, response: Response) -> Iterator[str]:
    said = json.loads(response.body)
    if not isinstance(said, dict) or not isinstance(said.get("message"), str):
        yield f"{request.method} {request.path} was answered {response.status} without a message"


def _template(method: str, path: str) -> str | None:
    """*path* with quoted slashes in its variables, as a description finds it; None for what it does not describe."""
    for key in routes.TABLE:
        verb, _, template = key.partition(" ")
        matched = routes.pattern(template).fullmatch(path) if verb == method else None
        if matched:
            return template.format_map({name: quote(value, safe="%") for name, value in matched.groupdict().items()})
    return None


def _words(error: Exception) -> str:
    """An error with the places in the value that it is about."""
    inner: Any = getattr(error.__cause__, "schema_errors", ())
    places = [f"{'/'.join(str(part) for part in each.absolute_path)}: {each.message[:200]}" for each in inner]
    return "; ".join(places) or str(error)


@functools.cache
def description() -> OpenAPI:
    """GitHub's description of the operations that the sandbox has."""
    with gzip.open(DESCRIPTION) as file:
        return OpenAPI.from_dict(json.load(file), config=Config(spec_validator_cls=None))
