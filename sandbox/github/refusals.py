"""The ways in which GitHub says no."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import GraphQLError

from sandbox.net import Response

DOCUMENTATION = "https://docs.github.com/rest"


class Refused(Exception):
    """GitHub says no: a status, a message, and the details of a validation error."""

    def __init__(self, status: int, message: str, errors: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors

    def response(self) -> Response:
        """The answer in GitHub's shape."""
        body: dict[str, object] = {"message": self.message}
        if self.errors:
            body["errors"] = list(self.errors)
        return Response.of_json({**body, "documentation_url": DOCUMENTATION, "status": str(self.status)}, self.status)


def invalid(message: str, resource: str, field: str = "", code: str = "custom") -> Refused:
    """The answer 422 in the shape of a validation error."""
    detail = {"resource": resource, "field": field, "code": code, "message": message}
    return Refused(422, "Validation Failed", [{key: value for key, value in detail.items() if value}])


def unprocessable(words: str) -> GraphQLError:
    """The error of a mutation that GitHub understands and does not do."""
    return GraphQLError(words, extensions={"type": "UNPROCESSABLE"})
