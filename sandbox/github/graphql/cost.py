"""How much one question may ask for: GitHub's limits of nodes and pages, judged before anything is answered.

https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

MOST_NODES = 500_000
MOST_OF_A_PAGE = 100


def refusals(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> list[GraphQLError]:
    """Why GitHub would not answer *document*; empty where it would. Only the pages of connections cost."""
    counter = _Counter(schema, document, variables)
    total = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            root = schema.get_root_type(definition.operation)
            total += counter.nodes(definition.selection_set, root, 1)
    if total > MOST_NODES:
        words = f"This query requests up to {total:,} possible nodes which exceeds the maximum limit of {MOST_NODES:,}."
        counter.errors.append(_error("MAX_NODE_LIMIT_EXCEEDED", words))
    return counter.errors


class _Counter:
    """Walks a question and adds up what it may bring."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.errors: list[GraphQLError] = []
        self._schema, self._variables = schema, variables
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }

    def nodes(self, selections: SelectionSetNode | None, within: Any, times: int) -> int:
        """The most nodes that *selections* of a *within* bring, which is there so many *times*."""
        return sum(self._field(field, kind, times) for field, kind in self._fields(selections, within))

    def _fields(self, selections: SelectionSetNode | None, within: Any) -> Iterator[tuple[FieldNode, Any]]:
        for each in selections.selections if selections else ():
            if isinstance(each, FieldNode):
                yield each, within
                continue
            inner: Any = each if isinstance(each, InlineFragmentNode) else self._fragment(each)
            kind = self._schema.get_type(inner.type_condition.name.value) if inner.type_condition else within
            yield from self._fields(inner.selection_set, kind)

    def _fragment(self, spread: Any) -> FragmentDefinitionNode:
        return self._fragments[spread.name.value]

    def _field(self, field: FieldNode, within: Any, times: int) -> int:
        known = within.fields.get(field.name.value) if hasattr(within, "fields") else None
        kind = get_named_type(known.type) if known else None
        if not isinstance(kind, GraphQLObjectType) or not kind.name.endswith("Connection"):
            return self.nodes(field.selection_set, kind, times)
        inside = {each.name.value for each, _ in self._fields(field.selection_set, kind)}
        # How many there are may be asked without a page.
        size = self._size(field) if inside & {"nodes", "edges"} else 0
        return times * size + self.nodes(field.selection_set, kind, times * size)

    def _size(self, field: FieldNode) -> int:
        given = {each.name.value: each.value for each in field.arguments or ()}
        asked = [self._value(given[name]) for name in ("first", "last") if name in given]
        found = [each for each in asked if isinstance(each, int)]
        name = field.name.value
        if not found:
            words = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            self.errors.append(_error("MISSING_PAGINATION_BOUNDARIES", words))
            return 0
        if found[0] > MOST_OF_A_PAGE:
            words = (
                f"Requesting {found[0]} records on the `{name}` connection exceeds the `first` limit of 100 records."
            )
            self.errors.append(_error("EXCESSIVE_PAGINATION", words))
        return found[0]

    def _value(self, node: Any) -> Any:
        if isinstance(node, VariableNode):
            return self._variables.get(node.name.value)
        return int(node.value) if isinstance(node, IntValueNode) else None


def _error(kind: str, words: str) -> GraphQLError:
    return GraphQLError(words, extensions={"type": kind})
