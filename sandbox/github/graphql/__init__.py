"""GitHub's GraphQL interface, by its own schema."""

from sandbox.github.graphql.answers import answer, checked, schema

__all__ = ["answer", "checked", "schema"]
