"""GitHub's GraphQL interface: its own schema, our answers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLFormattedError,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from sandbox.github.calls import Call
from sandbox.github.graphql import cost, refs
from sandbox.github.graphql.mutations import MUTATIONS, pull_of
from sandbox.github.graphql.pulls import PullView, shown
from sandbox.github.graphql.repository import RepositoryView
from sandbox.github.repository import Repository
from sandbox.net import Response

Info = GraphQLResolveInfo[Any]
SCHEMA = Path(__file__).parents[1] / "schema.graphql"


class Query:
    """The root of every question."""

    id = "Q"

    def repository(self, info: Info, *, owner: str, name: str, **_: Any) -> RepositoryView:
        call: Call = info.context
        found = _visible(call, f"{owner}/{name}")
        if found is None:
            words = f"Could not resolve to a Repository with the name '{owner}/{name}'."
            raise GraphQLError(words, extensions={"type": "NOT_FOUND"})
        return RepositoryView(found, call.web)

    def viewer(self, info: Info) -> dict[str, Any]:
        call: Call = info.context
        return {**shown(call.token.person), "__typename": "User", "login": call.token.person.login}

    def node(self, info: Info, *, id: str) -> PullView:  # noqa: A002  # GitHub's name
        return pull_of(info.context, id)

    def rateLimit(self, _: Info, **__: Any) -> dict[str, Any]:
        return {"cost": 1, "limit": 5000, "remaining": 4999, "used": 1, "resetAt": "2038-01-01T00:00:00Z"}


def _visible(call: Call, name: str) -> Repository | None:
    """A repository that the token may see; by its old name too."""
    while name in call.state.moved:
        name = call.state.moved[name]
    found = next((each for key, each in call.state.repositories.items() if key.lower() == name.lower()), None)
    return found if found and (not found.private or call.token.reaches(found.name)) else None


@functools.cache
def schema() -> GraphQLSchema:
    """GitHub's schema, with our mutations behind it."""
    built = build_schema(SCHEMA.read_text(encoding="utf-8"))
    fields = built.type_map["Mutation"].fields  # type: ignore[attr-defined]  # it is an object type
    for name, mutate in {**MUTATIONS, **refs.MUTATIONS}.items():
        fields[name].resolve = mutate
    return built


@functools.lru_cache(maxsize=1000)
def checked(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    """The document of a query, or what the schema has against it; once for each text, as all runs ask alike."""
    try:
        document = parse(query)
    except GraphQLError as error:
        return None, (error,)
    wrong = tuple(validate(schema(), document))
    return None if wrong else document, wrong


def answer(call: Call) -> Response:
    """The data and errors of one question, in GitHub's shape."""
    return Response.of_json(_answered(call.body(), call))


def _answered(sent: Mapping[str, Any], call: Call) -> dict[str, Any]:
    query, variables, name = sent.get("query"), sent.get("variables") or {}, sent.get("operationName")
    if not isinstance(query, str) or not query:
        return {"errors": [{"message": "A query attribute must be specified and must be a string."}]}
    document, wrong = checked(query)
    if document is not None:
        wrong = tuple(cost.refusals(schema(), document, variables))
    if document is None or wrong:
        return {"errors": [_error(each.formatted) for each in wrong]}
    result = execute_sync(schema(), document, Query(), call, variables, name)
    return _answer(result)


def _answer(result: ExecutionResult) -> dict[str, Any]:
    for error in result.errors or []:
        if error.original_error and not isinstance(error.original_error, GraphQLError):
            raise error.original_error
    errors = [_error(each.formatted) for each in result.errors or []]
    return {"data": result.data, **({"errors": errors} if errors else {})}


def _error(error: GraphQLFormattedError) -> dict[str, Any]:
    """An error as GitHub writes it: its type stands beside its message."""
    said: dict[str, Any] = dict(error)
    extensions = said.pop("extensions", None) or {}
    kind = {"type": extensions["type"]} if "type" in extensions else {}
    return {**kind, **said}
