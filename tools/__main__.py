"""The tools of the maintainers: `python -m tools TOOL …`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from tools import documents, pictures, prune_graphql, prune_openapi, schema

TOOLS: Mapping[str, tuple[str, Callable[[list[str]], int]]] = {
    "schema": ("write the JSON Schema of manifests into docs/", schema.main),
    "documents": ("write the README's tables from action.yml", documents.main),
    "pictures": (
        "draw the documents' pictures with chromium, mermaid and GitHub's style, which npm installs",
        pictures.main,
    ),
    "prune-graphql": ("cut GitHub's GraphQL schema, in the file named, for the sandbox", prune_graphql.main),
    "prune-openapi": ("cut GitHub's OpenAPI description, in the file named, for the sandbox", prune_openapi.main),
}


def main(words: list[str]) -> int:
    """Run the tool that the first word names; 2 where there is none of that name."""
    if not words or words[0] not in TOOLS:
        lines = [f"  {name:14} {meaning}" for name, (meaning, _) in TOOLS.items()]
        print("usage: python -m tools TOOL …", *lines, sep="\n", file=sys.stderr)
        return 2
    return TOOLS[words[0]][1](words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
