"""GitHub's rate limits, to be switched on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from sandbox.net import Response

SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to "
    "GitHub Support for help, please include the request ID."
)
PRIMARY = "API rate limit exceeded for installation ID 1001."


@dataclass
class Limits:
    """*remaining* requests of the hour (None: without end); *secondary* more requests are asked to slow down.

    *retry_after* in seconds is said with it, *status* is 403 or 429; *reset_in* seconds until a new hour.
    *creations* is how much content may be made within *window* seconds (None: without end).
    """

    limit: int = 1000
    remaining: int | None = None
    reset_in: int = 1800
    secondary: int = 0
    retry_after: int | None = 60
    status: int = 403
    creations: int | None = None
    window: float = 60.0
    created: list[float] = field(default_factory=list)

    def creation(self) -> Response | None:
        """Count one more issue, comment, pull request, deployment or dispatch; the answer where it is one too many."""
        now = time.monotonic()
        self.created = [each for each in self.created if each > now - self.window]
        if self.creations is not None and len(self.created) >= self.creations:
            return self._slow_down()
        self.created.append(now)
        return None

    def _slow_down(self) -> Response:
        waits = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return Response.of_json(_body(SECONDARY, self.status), self.status, waits)

    def refusal(self, *, graphql: bool) -> Response | None:
        """The answer to a request that is one too many."""
        if self.secondary:
            self.secondary -= 1
            return self._slow_down()
        if self.remaining is None:
            return None
        if self.remaining > 0:
            self.remaining -= 1
            return None
        if graphql:
            return Response.of_json({"errors": [{"type": "RATE_LIMITED", "message": PRIMARY}]})
        return Response.of_json(_body(PRIMARY, self.status), self.status)

    def headers(self, resource: str) -> dict[str, str]:
        """What every answer says about the limits."""
        remaining = self.limit - 1 if self.remaining is None else self.remaining
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Used": str(self.limit - remaining),
            "X-RateLimit-Reset": str(int(time.time()) + self.reset_in),
            "X-RateLimit-Resource": resource,
        }


def _body(message: str, status: int) -> dict[str, str]:
    url = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
    return {"message": message, "documentation_url": url, "status": str(status)}
