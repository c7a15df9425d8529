"""GitHub's GraphQL interface, by its own schema."""

from sandbox.github.graphql.answers import answer, schema

__all__ = ["answer", "schema"]
