"""The pages of a connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def page(values: Sequence[Any], asked: dict[str, Any]) -> dict[str, Any]:
    """One page of a connection, by GraphQL's `first`, `after`, `last` and `before`; a cursor is a position."""
    first, last = asked.get("first"), asked.get("last")
    start = int(asked["after"]) if asked.get("after") else 0
    end = int(asked["before"]) - 1 if asked.get("before") else len(values)
    end = min(end, start + first) if first is not None else end
    start = max(start, end - last) if last is not None else start
    nodes = list(values[start:end])
    return {
        "nodes": nodes,
        "edges": [{"cursor": str(start + number), "node": node} for number, node in enumerate(nodes, 1)],
        "totalCount": len(values),
        "pageInfo": {
            "hasNextPage": end < len(values),
            "hasPreviousPage": start > 0,
            "startCursor": str(start + 1) if nodes else None,
            "endCursor": str(end) if nodes else None,
        },
    }
